"""What the person is told of notifications: the sentences, and what they are found out to be."""

from backtimer.domain.reach import Finding, Way, broken, unknown
from backtimer.domain.words import tr


class NoDaemon(Exception):
    """Nobody would show a notification: `why`, and how to `fix` it, in sentences."""

    def __init__(self, why: str, fix: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.fix = fix


def no_answer() -> str:
    """Why nothing is shown where a daemon, or plyer, hangs."""
    return tr("The desktop’s notification service does not answer.")


def held_back() -> str:
    """Why a message that was taken may not be seen."""
    return tr("“Do not disturb” is on.")


def no_buttons(why: str = "") -> Finding:
    """Notifications cannot be answered here."""
    return broken(
        Way.BUTTONS,
        why or tr("This desktop’s notifications have no buttons."),
        tr("Answer in the window or from the tray."),
    )


def unanswered() -> tuple[Finding, Finding]:
    """What is said where it was not found out in time."""
    return unknown(Way.NOTIFICATION, no_answer()), unknown(Way.BUTTONS, no_answer())
