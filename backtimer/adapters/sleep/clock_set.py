"""Linux: the kernel says when its wall clock jumps, which it does at the end of each sleep too."""

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier

# From <sys/timerfd.h>; a flag to create is the one of open().
_ABSOLUTE = 1
_CANCEL_ON_SET = 2
# In the year 2116. The timer is not there to run out, but to be cancelled.
_FAR_S = 2**62 // 10**9


class ClockSetNotifier(QObject):
    """Calls `on_jump` from the event loop whenever the kernel's wall clock jumped.

    A timer on that clock that is cancelled then; until then nothing runs.
    """

    def __init__(self, on_jump: Callable[[], None], parent: QObject | None = None) -> None:
        """Begin. Raises `OSError` where the system cannot do it."""
        super().__init__(parent)
        self._on_jump = on_jump
        self._fd = _create()
        try:
            _arm(self._fd)
        except OSError:
            os.close(self._fd)
            raise
        self._notifier = QSocketNotifier(self._fd, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_readable)

    def close(self) -> None:
        self._notifier.setEnabled(False)
        os.close(self._fd)

    def _on_readable(self) -> None:
        # ECANCELED is the news; whatever else it is, a look at the clock is right.
        with suppress(OSError):
            os.read(self._fd, 8)
        _arm(self._fd)
        self._on_jump()


def _arm(fd: int) -> None:
    try:
        _set(fd)
    except OSError as error:
        # The clock was set in this very moment: it is armed, and will say so.
        if error.errno != errno.ECANCELED:
            raise


if sys.platform == "linux":
    if sys.version_info >= (3, 13):

        def _create() -> int:
            return os.timerfd_create(time.CLOCK_REALTIME, flags=os.TFD_NONBLOCK | os.TFD_CLOEXEC)

        def _set(fd: int) -> None:
            os.timerfd_settime(fd, flags=_ABSOLUTE | _CANCEL_ON_SET, initial=float(_FAR_S))

    else:

        def _create() -> int:
            return _libc("timerfd_create", time.CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)

        def _set(fd: int) -> None:
            import ctypes

            # Interval and value, each in seconds and nanoseconds.
            times = (ctypes.c_long * 4)(0, 0, _FAR_S, 0)
            _libc("timerfd_settime", fd, _ABSOLUTE | _CANCEL_ON_SET, times, None)

        def _libc(function: str, *arguments: object) -> int:
            import ctypes

            try:
                result: int = getattr(ctypes.CDLL(None, use_errno=True), function)(*arguments)
            except AttributeError as error:
                raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
            if result < 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number))
            return result

else:

    def _create() -> int:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    def _set(fd: int) -> None:
        raise NotImplementedError(fd)
