"""The requests of the command line, each answered in words: `answer(desk, request)`.

The same table serves the running program and, for what works without one, the command line
itself; who answers is the `Desk`.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from backtimer import __version__
from backtimer.desk import care_requests as care
from backtimer.desk import settings_requests as settings
from backtimer.desk.desk import Desk, Words
from backtimer.domain import commands as cmd
from backtimer.domain.errors import BacktimerError, DataError, Misused, Refused
from backtimer.domain.events import StopReason
from backtimer.domain.wording import not_saved
from backtimer.domain.words import tr
from backtimer.exits import DONE, MISUSED, NO_DATA, REFUSED
from backtimer.reports import status

Reply = dict[str, Any]


def answer(desk: Desk, request: Mapping[str, Any]) -> Reply:
    """The reply to `request`: exit `status`, and what to print on `out` and `err`.

    `request` names its `command` and gives the `words` that came with it. Never raises for
    what a person can mend.
    """
    words = request.get("words")
    known = _ANSWERS.get(str(request.get("command")))
    try:
        if known is None or not isinstance(words, dict):
            raise Misused(tr("That is not a request this version knows."))
        if not all(_is_text(each) for each in words.values()):
            raise Misused(tr("There are letters in it that are none. Write it in UTF-8."))
        out = known(desk, words)
    except BacktimerError as error:
        return failed(error)
    if request["command"] in _RECORDED and not desk.is_saved:
        return {"status": NO_DATA, "out": out, "err": not_saved(desk.fault)}
    return {"status": DONE, "out": out, "err": ""}


def _is_text(word: object) -> bool:
    """Whether `word` can be kept and shown: bytes that are no text come as halves of pairs."""
    return not isinstance(word, str) or not any("\ud800" <= each <= "\udfff" for each in word)


def failed(error: BacktimerError) -> Reply:
    """What is told of `error`."""
    return {"status": exit_status(error), "out": "", "err": str(error)}


def exit_status(error: BacktimerError) -> int:
    """The exit status that tells a script of `error`."""
    match error:
        case Refused():
            return REFUSED
        case DataError():
            return NO_DATA
        case _:
            return MISUSED


def _status(desk: Desk, words: Words) -> str:
    view, speed = desk.view(), desk.clock.speed
    if words.get("json"):
        told = status.as_json(
            view, running=desk.is_running, saved=desk.is_saved, speed=speed, version=__version__
        )
        return json.dumps(told)
    told_words = status.as_text(view, speed)
    return told_words if desk.is_saved else f"{told_words}\n{not_saved(desk.fault)}"


def _import(desk: Desk, words: Words) -> str:
    return desk.restore(Path(str(words.get("file"))), overwrite=words.get("replace") is True)


def _saved(desk: Desk, _words: Words) -> str:
    """Asked before an export from the files: tries to write, and the status tells of it."""
    desk.view()
    return ""


def _show(desk: Desk, _words: Words) -> str:
    desk.show()
    return ""


def _quit(desk: Desk, _words: Words) -> str:
    desk.do(cmd.Quit())
    desk.quit()
    return tr("Backtimer is closed. Nothing reminds you until you start it again.")


_ANSWERS: dict[str, Callable[[Desk, Words], str]] = {
    "status": _status,
    "start": care.start,
    "off": care.off,
    "pause": care.plain(cmd.Pause()),
    "resume": care.plain(cmd.Resume()),
    "snooze": care.snooze,
    "skip": care.plain(cmd.Skip()),
    "silence": care.plain(cmd.Silence()),
    "still-on": care.plain(cmd.StillOn()),
    "unknown": care.plain(cmd.LoseTrack()),
    "stop-skin": care.plain(cmd.Stop(why=StopReason.SKIN)),
    "stop-hurts": care.plain(cmd.Stop(why=StopReason.HURTS)),
    "stop-numb": care.plain(cmd.Stop(why=StopReason.NUMB)),
    "switch": care.switch,
    "onset": care.onset,
    "pain": care.pain,
    "end": care.end,
    "config": settings.config,
    "protocol": settings.protocol,
    "import": _import,
    "saved": _saved,
    "show": _show,
    "quit": _quit,
}

# What these do is part of the record.
_RECORDED = frozenset(_ANSWERS) - {"status", "config", "protocol", "show", "quit"}
