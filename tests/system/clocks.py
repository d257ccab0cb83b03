"""The machine's clocks as a test wants them: set, jumped over a suspend, started anew."""

import atexit
import functools
import os
import shutil
import struct
import subprocess
import tempfile
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

import pytest

SHIM = Path(__file__).with_name("clock_shim.c")
ZONES = Path("/usr/share/zoneinfo")
LOCAL_ZONE = "/etc/localtime"
BOOT_ID = "/proc/sys/kernel/random/boot_id"
SECOND_NS = 1_000_000_000
# Mounts the first file over the second, as often as there are pairs before "--", and becomes the
# program.
MOUNTED = """
while [ "$1" != -- ]; do mount --bind "$1" "$2" || exit 1; shift 2; done
shift
exec "$@"
"""


@functools.cache
def compiled_shim() -> Path:
    """The library that stands before the C library's clocks; skips where none can be made."""
    if not shutil.which("gcc"):
        pytest.skip("gcc is missing, which makes the library that sets the clock")
    folder = tempfile.mkdtemp(prefix="backtimer-shim.")
    atexit.register(shutil.rmtree, folder)
    library = Path(folder) / "clock_shim.so"
    made = subprocess.run(
        ["gcc", "-Wall", "-Wextra", "-O1", "-shared", "-fPIC", "-o", str(library), str(SHIM)],
        capture_output=True,
        text=True,
        check=False,
    )
    if "time.h" in made.stderr:
        pytest.skip("the headers of the C library are missing")
    assert made.returncode == 0, made.stderr
    assert made.stderr == ""
    return library


class Clocks:
    """How far the program's clocks are ahead of the machine's, to be changed at any time."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clocks"
        self._wall_s = self._boot_s = 0.0
        self._write()
        self.environment = {
            "LD_PRELOAD": str(compiled_shim()),
            "BACKTIMER_CLOCKS": str(self._file),
        }

    def now_s(self) -> float:
        """What the program's wall clock shows."""
        return time.time() + self._wall_s

    def step(self, seconds: float) -> None:
        """Somebody sets the wall clock `seconds` forward, or back."""
        self._wall_s += seconds
        self._write()

    def set_to(self, wall_s: float) -> None:
        """Somebody sets the wall clock."""
        self.step(wall_s - self.now_s())

    def sleep(self, seconds: float) -> None:
        """The machine slept that long: wall and boot time went on, the process did not."""
        self._boot_s += seconds
        self.step(seconds)

    def begin_a_boot(self, off_s: float) -> None:
        """The machine starts again; it was off for `off_s`."""
        self._boot_s = 0.0
        self.step(off_s)

    def _write(self) -> None:
        # In place: the program has this file mapped. Aligned numbers change at once.
        numbers = struct.pack("=qq", int(self._wall_s * SECOND_NS), int(self._boot_s * SECOND_NS))
        file = os.open(self._file, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.pwrite(file, numbers, 0)
        finally:
            os.close(file)


def machine_of_its_own(mounted: Mapping[Path, str], *options: str) -> list[str]:
    """What to start a program with that sees each file of `mounted` in the place of another.

    `options` are further ones of `unshare`. Skips where that is not allowed.
    """
    if not shutil.which("unshare"):
        pytest.skip("unshare is missing, which makes a machine of its own")
    rights = [] if os.geteuid() == 0 else ["--map-root-user"]
    pairs = [str(each) for pair in mounted.items() for each in pair]
    prefix = ["unshare", "--mount", *rights, *options, "sh", "-c", MOUNTED, "sh", *pairs, "--"]
    tried = subprocess.run([*prefix, "true"], capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        pytest.skip(f"no machine of its own can be made here: {tried.stderr.strip()}")
    return prefix


class Zone:
    """The zone that a machine of its own is in; it can be taken to another."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / "zone"
        self._file.touch()
        self._journeys = 0
        self.travel_to(name)
        self.prefix = machine_of_its_own({self._file: LOCAL_ZONE})

    def travel_to(self, name: str) -> None:
        """Take the machine to the zone `name`."""
        if not (ZONES / name).exists():
            pytest.skip("tzdata is missing")
        # In place: it is this very file that is mounted.
        with self._file.open("r+b") as file:
            file.write((ZONES / name).read_bytes())
            file.truncate()
        # The C library compares whole seconds to see whether it is another.
        self._journeys += 1
        os.utime(self._file, (self._journeys, self._journeys))


class Machine:
    """A machine that is started again and again: boot time and boot id begin anew."""

    UPTIME_S = 40

    def __init__(self, folder: Path, clocks: Clocks) -> None:
        self._folder = folder
        self._clocks = clocks
        self._boots = 0
        self.prefix: list[str] = []
        self.restart(0)

    def restart(self, off_s: float) -> None:
        """Start it again after it was off for `off_s`; what runs on it has to be gone."""
        self._boots += 1
        boot_id = self._folder / f"boot {self._boots}"
        boot_id.write_text(f"{uuid.uuid4()}\n")
        ahead_s = round(self.UPTIME_S - time.clock_gettime(time.CLOCK_BOOTTIME))
        self.prefix = machine_of_its_own({boot_id: BOOT_ID}, "--time", f"--boottime={ahead_s}")
        self._clocks.begin_a_boot(off_s)
