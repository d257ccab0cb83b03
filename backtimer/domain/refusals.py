"""What is refused for the same reason by several commands."""

from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.session import Application
from backtimer.domain.words import tr


def refuse_if_idle(episode: Episode) -> None:
    """Raise `Refused` where no episode has been started."""
    if episode.onset is None:
        raise Refused(tr("Nothing has been started yet. To start: backtimer start"))


def refuse_with_pack_on(episode: Episode) -> None:
    """Raise `Refused` while a pack is on skin; during a pause it is not."""
    if episode.pack and not episode.pack.paused:
        raise Refused(tr("Take it off first: backtimer off"))


def running_pack(episode: Episode, refusal: str) -> Application:
    """The pack that is on, or off for a pause; raises `Refused` with `refusal` if none is."""
    if episode.pack is None:
        raise Refused(refusal)
    return episode.pack
