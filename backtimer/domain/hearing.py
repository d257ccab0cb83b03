"""Will you hear me? What the person's wishes, and their own ears, make of what was found out."""

from dataclasses import replace
from enum import StrEnum

from backtimer.domain.reach import Finding, State, Way, broken, not_wanted
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr


class Heard(StrEnum):
    """What the person says of a real ring."""

    HEARD = "heard"
    SAW = "saw"
    NEITHER = "neither"


def is_wanted(way: Way, settings: Settings) -> bool:
    """Whether the settings allow `way` to be used."""
    match way:
        case Way.SOUND | Way.VOICE:
            return bool(settings.get(str(way)))
        case Way.PHONE:
            return bool(settings.texts("phone_urls"))
        case _:
            return True


def judged(found: Finding, settings: Settings, heard: Heard | None) -> Finding:
    """`found` in the light of the settings and of what the person said of a real ring."""
    if not is_wanted(found.way, settings):
        return switched_off(found.way)
    if found.way is Way.SOUND and found.state is State.WORKS and not settings.number("volume"):
        fix = tr("To turn it up: backtimer config volume 80")
        return broken(found.way, tr("Backtimer’s own volume is 0."), fix)
    if found.state is not State.WORKS or heard is None:
        return found
    return _confirmed(found, heard)


def switched_off(way: Way) -> Finding:
    """What is told of a way that the person does not use."""
    if way is Way.PHONE:
        fix = tr("Use the ntfy app, or any address: see the page “Alarm”.")
        return not_wanted(way, tr("No phone is set up."), fix)
    fix = tr("To switch it on: backtimer config {key} on", key=way)
    return not_wanted(way, tr("It is switched off."), fix)


def _confirmed(found: Finding, heard: Heard) -> Finding:
    match found.way, heard:
        case Way.SOUND, Heard.HEARD:
            return replace(found, why=tr("You heard it."))
        case Way.SOUND, Heard.NEITHER:
            return broken(
                found.way,
                tr("You did not hear it."),
                tr("Turn the computer’s volume up, or connect another speaker."),
            )
        case Way.NOTIFICATION, Heard.SAW:
            return replace(found, why=tr("You saw it."))
        case Way.NOTIFICATION, Heard.NEITHER:
            return broken(
                found.way,
                tr("You did not see it."),
                tr("Look into the desktop’s settings for notifications."),
            )
        case _:
            return found
