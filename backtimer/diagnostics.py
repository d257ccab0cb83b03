"""The log of the program: what a person can send when something went wrong."""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

LOG_BYTES = 512 * 1024
LOG_FILES = 3

log = logging.getLogger("backtimer")


def log_to(file: Path) -> None:
    """Write the program's log to `file`, a few of limited size. Without a disk there is none."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    log.addHandler(_LogFile(file))
    log.setLevel(logging.INFO)
    # A full disk must not print tracebacks of the log itself.
    logging.raiseExceptions = False


class _LogFile(logging.Handler):
    """Opened with the first line, so that the first picture need not wait for logging.handlers."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._opened: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._opened is None:
            self._opened = _open(self._file)
        self._opened.handle(record)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        super().close()


def _open(file: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    handler = RotatingFileHandler(
        file, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def catch_bugs(tell: Callable[[str], None]) -> None:
    """From now on a bug goes to the log with its traceback, and to `tell` in one sentence.

    The program runs on: a bug in what is shown must not stop an alarm.
    """

    def on_bug(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.critical("a bug", exc_info=(kind, error, trace))
        tell(f"{kind.__name__}: {error}")

    sys.excepthook = on_bug
