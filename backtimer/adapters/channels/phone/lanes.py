"""Runs calls that may never end side by side, each in a thread that can be left behind."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


def side_by_side(
    calls: Sequence[Callable[[], T]],
    *,
    patience_s: float,
    changed: threading.Condition | None = None,
    is_over: Callable[[], bool] = lambda: False,
) -> list[T | None]:
    """What each call returned; None for one that raised, or did not end in time.

    Ends early when `is_over`, which is asked under `changed` whenever that is notified.
    """
    condition = changed or threading.Condition()
    results: dict[int, T | None] = {}

    def run(place: int, call: Callable[[], T]) -> None:
        result = None
        # Not to be printed by the thread: its text may hold an address.
        with suppress(Exception):
            result = call()
        with condition:
            results[place] = result
            condition.notify_all()

    for place, call in enumerate(calls):
        # A daemon: one that hangs must not keep the program from ending.
        thread = threading.Thread(target=run, args=(place, call), name="phone line", daemon=True)
        try:
            thread.start()
        except RuntimeError:
            results[place] = None
    with condition:
        condition.wait_for(lambda: len(results) == len(calls) or is_over(), patience_s)
        return [results.get(place) for place in range(len(calls))]
