"""The record as episodes: what is said later of an ended one is told with it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.amend import amend, is_recorded
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.journal import told
from backtimer.domain.record import History, at_home
from tests.domain.kit import Life, at_rest


def ended() -> tuple[Life, Episode, Moment]:
    """A rated session in an episode that is over since an hour, as it is told."""
    life = at_rest(60)
    life.do(cmd.RatePain(nrs=7))
    life.do(cmd.End())
    life.sleep(60)
    return life, *earlier(life)


def in_episodes(history: Iterable[ev.Event]) -> list[History]:
    """`history` as one tuple an episode, each up to its end, and what follows the last."""
    episodes: list[History] = [()]
    for event in history:
        episodes[-1] = (*episodes[-1], event)
        if isinstance(event, ev.EpisodeEnded):
            episodes.append(())
    return episodes


def earlier(life: Life, number: int = 0) -> tuple[Episode, Moment]:
    return told(at_home(in_episodes(life.history))[number], life.now)


def amended(life: Life, command: cmd.Correct) -> Episode:
    """The first episode after `command`."""
    episode, until = earlier(life)
    life.take(amend(episode, command, life.now, until=until))
    return earlier(life)[0]


def wall(life: Life, **ago: float) -> datetime:
    return life.now.wall - timedelta(**ago)


def test_an_entry_of_an_ended_episode_reads_as_it_was_corrected() -> None:
    life, episode, _ = ended()
    of = episode.entries[0].of
    assert amended(life, cmd.CorrectEntry(of=of, number=5)).pains[0].number == 5
    assert amended(life, cmd.WithdrawEntry(of=of)).pains == ()
    assert amended(life, cmd.RestoreEntry(of=of)).pains[0].number == 5
    assert len(at_home(in_episodes(life.history))) == 1, "no episode of corrections"


def test_a_session_of_an_ended_episode_reads_as_it_was_corrected() -> None:
    life, episode, _ = ended()
    of = episode.sessions[0].of
    command = cmd.CorrectSession(of=of, removed=wall(life, minutes=125))
    (session,) = amended(life, command).sessions
    assert session.last.on_skin_s(life.now) == 15 * 60
    (session,) = amended(life, cmd.WithdrawSession(of=of)).sessions
    assert session.withdrawn


def test_after_a_restart_of_the_machine_too() -> None:
    life, episode, _ = ended()
    of = episode.sessions[0].of
    life.reboot(30)
    command = cmd.CorrectSession(of=of, removed=episode.sessions[0].begun.wall + timedelta(hours=1))
    (session,) = amended(life, command).sessions
    assert session.last.on_skin_s(life.now) == 60 * 60


def test_nothing_was_after_the_end_of_the_episode() -> None:
    life, episode, until = ended()
    command = cmd.CorrectSession(of=episode.sessions[0].of, removed=wall(life, minutes=30))
    with pytest.raises(Refused, match="That is later than 09:20"):
        amend(episode, command, life.now, until=until)


def test_it_is_not_told_of_the_episode_in_which_it_was_said() -> None:
    life, episode, until = ended()
    life.start()
    life.do(cmd.RatePain(nrs=3))
    before = life.episode
    life.take(amend(episode, cmd.WithdrawEntry(of=episode.entries[0].of), life.now, until=until))
    assert (life.episode.sessions, life.episode.entries) == (before.sessions, before.entries)
    first, second = at_home(in_episodes(life.history))
    assert isinstance(first[-1], ev.EpisodeEnded)
    assert not any(isinstance(each, ev.Correction) for each in second)
    assert earlier(life)[0].pains == ()


def test_a_correction_of_nothing_stays_where_it_is() -> None:
    life = at_rest()
    stray = ev.EntryWithdrawn(at=life.now, of=wall(life, days=9))
    life.take((stray,))
    assert at_home(in_episodes(life.history)) == (tuple(life.history),)


def test_what_is_on_record_is_known_by_its_time() -> None:
    _, episode, until = ended()
    assert is_recorded(episode, episode.entries[0].of)
    assert is_recorded(episode, episode.sessions[0].of)
    assert not is_recorded(episode, until.wall + timedelta(days=1))
