"""The requests of the command line, each answered in words: `answer(desk, request)`.

The same table serves the running program and, for what works without one, the command line
itself; who answers is the `Desk`.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from backtimer import __version__
from backtimer.domain import commands as cmd
from backtimer.domain.declared import DECLARED, declared
from backtimer.domain.episode import Episode
from backtimer.domain.errors import BacktimerError, DataError, Misused, Refused
from backtimer.domain.events import StopReason
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.ports import Clock
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import start_card
from backtimer.domain.setting import Setting
from backtimer.domain.settings import Settings
from backtimer.domain.view import View
from backtimer.domain.when import parse_when
from backtimer.domain.wording import modality_name, not_saved, when
from backtimer.domain.words import quoted, tr
from backtimer.exits import DONE, MISUSED, NO_DATA, REFUSED
from backtimer.reports import status

Words = Mapping[str, Any]
Reply = dict[str, Any]


class Desk(Protocol):
    """What answering needs: the timer and the settings, wherever they live."""

    clock: Clock

    @property
    def is_running(self) -> bool: ...

    @property
    def is_saved(self) -> bool: ...

    @property
    def fault(self) -> str: ...

    @property
    def cautions(self) -> tuple[str, ...]: ...

    @property
    def episode(self) -> Episode: ...

    @property
    def settings(self) -> Settings: ...

    def view(self) -> View: ...

    def do(self, command: cmd.Command) -> View: ...

    def change(self, changed: Callable[[Settings], Settings]) -> None: ...

    def restore(self, file: Path, *, overwrite: bool) -> str: ...

    def show(self) -> None: ...

    def quit(self) -> None: ...


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


def _start(desk: Desk, words: Words) -> str:
    onset = words.get("onset")
    began = parse_when(str(onset), desk.clock.now()) if onset else None
    modality = _modality(words) if words.get("modality") else None
    view = desk.do(cmd.Start(modality=modality, onset=began))
    return "\n".join(
        (*_reminder(view), *desk.cautions, *_began(view, began is not None), _told(desk, view))
    )


def _reminder(view: View) -> tuple[str, ...]:
    if view.modality is None:
        return ()
    card = start_card(view.modality)
    if view.card_for is None:
        return (card.reminder,)
    against = tr(
        "Ask a professional first if you have: {conditions}.", conditions="; ".join(card.against)
    )
    return (card.reminder, against, card.never_asleep)


def _began(view: View, was_said: bool) -> tuple[str, ...]:  # noqa: FBT001
    if not was_said or view.onset is None:
        return ()
    return (tr("It began {time}.", time=when(view.onset.wall, view.at.wall)),)


def _told(desk: Desk, view: View) -> str:
    return status.as_text(view, desk.clock.speed)


def _off(desk: Desk, words: Words) -> str:
    at = words.get("at")
    removed = parse_when(str(at), desk.clock.now()) if at else None
    return _told(desk, desk.do(cmd.Off(removed=removed)))


def _plain(command: cmd.Command) -> Callable[[Desk, Words], str]:
    return lambda desk, _words: _told(desk, desk.do(command))


def _snooze(desk: Desk, words: Words) -> str:
    text = words.get("minutes")
    minutes = desk.settings.number("snooze_min") if text is None else _number(text)
    return _told(desk, desk.do(cmd.Snooze(snooze_min=minutes)))


def _number(text: object) -> int:
    try:
        return int(str(text))
    except ValueError:
        raise Misused(tr("{text} is not a whole number.", text=quoted(str(text)))) from None


def _switch(desk: Desk, words: Words) -> str:
    modality = _modality(words)
    view = desk.do(cmd.Switch(modality=modality))
    told = tr("From the next session on: {name}.", name=modality_name(modality))
    return "\n".join((told, _told(desk, view)))


def _modality(words: Words) -> Modality:
    try:
        return Modality(words["modality"])
    except (KeyError, ValueError, TypeError):
        raise Misused(tr("That is neither ice nor heat.")) from None


def _onset(desk: Desk, words: Words) -> str:
    onset = parse_when(str(words.get("when")), desk.clock.now())
    view = desk.do(cmd.ChangeOnset(onset=onset))
    return "\n".join((*_began(view, was_said=True), _told(desk, view)))


def _pain(desk: Desk, words: Words) -> str:
    nrs = _number(words.get("nrs"))
    desk.do(cmd.RatePain(nrs=nrs, note=str(words.get("note") or "")))
    return tr("Noted: pain {nrs} of 10.", nrs=nrs)


def _end(desk: Desk, _words: Words) -> str:
    desk.do(cmd.End())
    return tr("The episode is over. All the best for your back.")


def _config(desk: Desk, words: Words) -> str:
    key, value = words.get("key"), words.get("value")
    if key is None:
        return "\n".join(_line(desk.settings, each) for each in DECLARED.values())
    setting = declared(str(key))
    if value is None:
        return setting.text(desk.settings.get(setting.key))
    checked = setting.parse(str(value))
    desk.change(lambda settings: settings.with_value(setting.key, checked))
    hint = setting.hint_for(checked)
    line = tr("{key} = {value}", key=setting.key, value=setting.text(checked))
    return f"{line}\n{hint}" if hint else line


def _line(settings: Settings, setting: Setting) -> str:
    value = setting.shown(settings.get(setting.key))
    shown = tr("{key} = {value}", key=setting.key, value=value)
    return tr(
        "{shown:<28} {label}: {possible}",
        shown=shown,
        label=setting.label,
        possible=setting.possible(),
    )


def _protocol(desk: Desk, words: Words) -> str:
    key, name = words.get("key"), words.get("copy")
    if key is None and name is None:
        return _protocols(desk.settings)

    def chosen(settings: Settings) -> Settings:
        settings = settings.with_protocol(str(key)) if key is not None else settings
        return settings.with_copy(str(name)) if name is not None else settings

    desk.change(chosen)
    return tr("From the next session on: {key}.", key=desk.settings.protocol)


def _protocols(settings: Settings) -> str:
    lines = []
    for key in (*PROTOCOLS, *settings.copies):
        known = PROTOCOLS[settings.course_of(key)]
        copy = settings.copies.get(key)
        lines.append(
            tr(
                "{mark} {key:<16} {name}. {explanation}",
                mark="*" if key == settings.protocol else " ",
                key=key,
                name=tr("{name}, from {course}", name=copy.name, course=copy.course)
                if copy
                else known.name,
                explanation=known.explanation,
            )
        )
    return "\n".join(lines)


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
    "start": _start,
    "off": _off,
    "pause": _plain(cmd.Pause()),
    "resume": _plain(cmd.Resume()),
    "snooze": _snooze,
    "skip": _plain(cmd.Skip()),
    "silence": _plain(cmd.Silence()),
    "still-on": _plain(cmd.StillOn()),
    "unknown": _plain(cmd.LoseTrack()),
    "stop-skin": _plain(cmd.Stop(why=StopReason.SKIN)),
    "stop-hurts": _plain(cmd.Stop(why=StopReason.HURTS)),
    "stop-numb": _plain(cmd.Stop(why=StopReason.NUMB)),
    "switch": _switch,
    "onset": _onset,
    "pain": _pain,
    "end": _end,
    "config": _config,
    "protocol": _protocol,
    "import": _import,
    "saved": _saved,
    "show": _show,
    "quit": _quit,
}

# What these do is part of the record.
_RECORDED = frozenset(_ANSWERS) - {"status", "config", "protocol", "show", "quit"}
