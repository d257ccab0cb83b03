"""`backtimer check`: asks what works, and has the person say whether a real ring reached them."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from backtimer.desk.requests import Reply, answer
from backtimer.desk.running import RunningDesk
from backtimer.domain.hearing import Heard
from backtimer.domain.reach import Finding, reaches_beyond_window
from backtimer.exits import DONE, REFUSED
from backtimer.reports import check

Findings = tuple[Finding, ...]
Request = Mapping[str, Any]
Later = Callable[[Callable[[Reply], None]], None]


class Ears(Protocol):
    """What can be asked how it reaches the person."""

    def look(self, listener: Callable[[Findings], None]) -> None: ...

    def ring(self) -> None: ...

    def hear(self, heard: Heard) -> Findings: ...


class Handling:
    """Carries out the requests of the command line, those too that take their time."""

    def __init__(self, desk: RunningDesk) -> None:
        self._desk = desk

    def __call__(self, request: Request) -> Reply | Later:
        """The reply to `request`, or what gives it later."""
        if request.get("command") == "check":
            return checking(self._desk, request.get("words"))
        return answer(self._desk, request)


def checking(ears: Ears, words: object) -> Later:
    """Do what `words` ask for, and tell what is known then.

    `ring`: ring for a try. `heard`: what the person said of it. Without either, look at all ways.
    """
    asked = words if isinstance(words, dict) else {}

    def later(reply: Callable[[Reply], None]) -> None:
        def tell(findings: Findings) -> None:
            reply(told(findings, as_json=bool(asked.get("json"))))

        if asked.get("ring"):
            ears.ring()
            reply({"status": DONE, "out": "", "err": ""})
        elif asked.get("heard") in list(Heard):
            tell(ears.hear(Heard(asked["heard"])))
        else:
            ears.look(tell)

    return later


def told(findings: Findings, *, as_json: bool) -> Reply:
    """`findings` in words, or for a script."""
    out = json.dumps(check.as_json(findings)) if as_json else check.as_text(findings)
    return {
        "status": DONE if reaches_beyond_window(findings) else REFUSED,
        "out": out,
        "err": "",
    }
