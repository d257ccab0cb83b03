"""Says in a terminal that something takes its time."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONG_S = 1.0


@contextmanager
def patience(words: str) -> Iterator[None]:
    """Say `words` to whoever looks at the terminal, once what is done meanwhile takes long."""
    telling = threading.Timer(LONG_S, lambda: print(words, file=sys.stderr, flush=True))
    telling.daemon = True
    if sys.stderr.isatty():
        telling.start()
    try:
        yield
    finally:
        telling.cancel()
