"""The requests that change the timer and the diary, each answered in words."""

from collections.abc import Callable

from backtimer.desk.desk import Desk, Words
from backtimer.domain import commands as cmd
from backtimer.domain.errors import Misused
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import start_card
from backtimer.domain.view import View
from backtimer.domain.when import parse_when
from backtimer.domain.wording import modality_name, when
from backtimer.domain.words import quoted, tr
from backtimer.reports import status


def start(desk: Desk, words: Words) -> str:
    """Begin the session that is due, or the episode."""
    said = words.get("onset")
    began = parse_when(str(said), desk.clock.now()) if said else None
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


def off(desk: Desk, words: Words) -> str:
    """The pack is off."""
    at = words.get("at")
    removed = parse_when(str(at), desk.clock.now()) if at else None
    return _told(desk, desk.do(cmd.Off(removed=removed)))


def plain(command: cmd.Command) -> Callable[[Desk, Words], str]:
    """Whatever carries out `command`, which needs no word."""
    return lambda desk, _words: _told(desk, desk.do(command))


def snooze(desk: Desk, words: Words) -> str:
    """Say it again later."""
    text = words.get("minutes")
    minutes = desk.settings.number("snooze_min") if text is None else _number(text)
    return _told(desk, desk.do(cmd.Snooze(snooze_min=minutes)))


def _number(text: object) -> int:
    try:
        return int(str(text))
    except ValueError:
        raise Misused(tr("{text} is not a whole number.", text=quoted(str(text)))) from None


def switch(desk: Desk, words: Words) -> str:
    """Use another modality from the next session on."""
    modality = _modality(words)
    view = desk.do(cmd.Switch(modality=modality))
    told = tr("From the next session on: {name}.", name=modality_name(modality))
    return "\n".join((told, _told(desk, view)))


def _modality(words: Words) -> Modality:
    try:
        return Modality(words["modality"])
    except (KeyError, ValueError, TypeError):
        raise Misused(tr("That is neither ice nor heat.")) from None


def onset(desk: Desk, words: Words) -> str:
    """It began at another time."""
    began = parse_when(str(words.get("when")), desk.clock.now())
    view = desk.do(cmd.ChangeOnset(onset=began))
    return "\n".join((*_began(view, was_said=True), _told(desk, view)))


def pain(desk: Desk, words: Words) -> str:
    """Rate the pain."""
    nrs = _number(words.get("nrs"))
    desk.do(cmd.RatePain(nrs=nrs, note=str(words.get("note") or "")))
    return tr("Noted: pain {nrs} of 10.", nrs=nrs)


def end(desk: Desk, _words: Words) -> str:
    """The episode is over."""
    desk.do(cmd.End())
    return tr("The episode is over. All the best for your back.")
