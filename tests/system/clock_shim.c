/* Preloaded into the program by tests/system/clocks.py: its clocks as the test wants them.

   The file that BACKTIMER_CLOCKS names holds two 64-bit numbers of nanoseconds. The first is added
   to wall time, the second to boot time. Monotonic time is left alone, so a jump of boot time is
   what a process sees of a suspend, and a jump of wall time alone is a clock that was set. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND_NS 1000000000L

struct added {
    volatile int64_t wall_ns;
    volatile int64_t boot_ns;
};

static const struct added none;
static const struct added *added = &none;
static int (*real_clock_gettime)(clockid_t, struct timespec *);

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("BACKTIMER_CLOCKS");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    *(void **)&real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    if (file < 0)
        return;
    void *seen = mmap(NULL, sizeof none, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (seen != MAP_FAILED)
        added = seen;
}

static int64_t added_to(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
        return added->wall_ns;
    case CLOCK_BOOTTIME:
        return added->boot_ns;
    default:
        return 0;
    }
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    /* Another library's constructor may ask before ours ran. */
    if (!real_clock_gettime)
        *(void **)&real_clock_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real_clock_gettime(clock, now);
    if (failed)
        return failed;
    int64_t more_ns = added_to(clock);
    int64_t sum_ns = now->tv_nsec + more_ns % SECOND_NS;
    now->tv_sec += more_ns / SECOND_NS;
    if (sum_ns < 0) {
        sum_ns += SECOND_NS;
        now->tv_sec -= 1;
    } else if (sum_ns >= SECOND_NS) {
        sum_ns -= SECOND_NS;
        now->tv_sec += 1;
    }
    now->tv_nsec = sum_ns;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec exact;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &exact))
        return -1;
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now)
{
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now)
        *now = exact.tv_sec;
    return exact.tv_sec;
}
