"""The file descriptor that keeps a Linux machine awake as long as it is open."""

import os
import threading


class Grip:
    """Holds the descriptor that logind gave, while it is wanted; usable from any thread.

    Wanted and let go in the main thread, filled by the thread that talks to logind: what
    arrives after it was let go is closed at once.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_wanted = False
        self._fd: int | None = None

    @property
    def is_missing(self) -> bool:
        """Whether a descriptor is wanted and not there."""
        with self._lock:
            return self._is_wanted and self._fd is None

    def want(self) -> None:
        with self._lock:
            self._is_wanted = True

    def let_go(self) -> None:
        """Close what is held now, and what may still come."""
        with self._lock:
            self._is_wanted = False
            self._replace(None)

    def take(self, fd: int) -> None:
        """Keep `fd`, which is then this object's to close, in place of an older one."""
        with self._lock:
            self._replace(fd)
            if not self._is_wanted:
                self._replace(None)

    def _replace(self, fd: int | None) -> None:
        old, self._fd = self._fd, fd
        if old is not None:
            os.close(old)
