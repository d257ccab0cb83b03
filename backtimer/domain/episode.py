"""The state of care as a fold of events: `evolve(episode, event) -> episode`. No rule of time."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from backtimer.domain import events as ev
from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.diary import Entry, corrected, put
from backtimer.domain.library import session_plan
from backtimer.domain.protocol import Modality
from backtimer.domain.rules import Rules
from backtimer.domain.session import Application, Outcome, Session, session_corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One bout of care. Before it starts, `onset` is None: that is the idle state.

    `wanted` is the modality the person asked for against the plan. `resume` is the earliest
    moment of the next session after one was left out. `due_step` counts what was said of the
    session that is due, the last of it at `due_told`; of heat it was told at `heat_told`.
    `still_on_asked`: they were told that it is not known whether the pack is still on.
    `skin_asked`: they were asked about their skin in the session that goes on; `rating_asked`:
    since the last one, how the pain is.
    `clock_read` is the last moment on record, by which a clock that was set is noticed.
    """

    rules: Rules
    onset: Moment | None = None
    sessions: tuple[Session, ...] = ()
    entries: tuple[Entry, ...] = ()
    cards: frozenset[Modality] = frozenset()
    wanted: Modality | None = None
    resume: Moment | None = None
    snoozed_until: Moment | None = None
    silenced: Moment | None = None
    due_step: int = 0
    due_told: Moment | None = None
    heat_told: Moment | None = None
    still_on_asked: bool = False
    skin_asked: bool = False
    rating_asked: bool = False
    clock_read: Moment | None = None

    @property
    def pains(self) -> tuple[Entry, ...]:
        """The ratings of pain that count, oldest first."""
        return tuple(each for each in self.entries if each.topic is None and not each.withdrawn)

    @property
    def running(self) -> Session | None:
        """The session that goes on, its inner rests included."""
        if self.sessions and not self.sessions[-1].is_over:
            return self.sessions[-1]
        return None

    @property
    def pack(self) -> Application | None:
        """The application that goes on, paused or not."""
        return self.running.pack if self.running else None

    @property
    def last_held(self) -> Session | None:
        """The last session that took place."""
        return next((each for each in reversed(self.sessions) if each.is_held), None)

    @property
    def removed(self) -> Moment | None:
        """When the last pack came off; None while one is on, and where there was none."""
        return self.last_held.last.removed if self.last_held else None

    def has_held(self, modality: Modality) -> bool:
        """Whether `modality` was on skin before in this episode."""
        return any(
            each.part.modality is modality
            for session in self.sessions
            if session.is_held
            for each in session.applications
        )


def fold(rules: Rules, history: Iterable[ev.Event]) -> Episode:
    """The episode that `history` tells, beginning idle under `rules`."""
    return fold_on(Episode(rules=rules), history)


def fold_on(episode: Episode, events: Iterable[ev.Event]) -> Episode:
    """`episode` after `events`."""
    return reduce(evolve, events, episode)


def evolve(episode: Episode, event: ev.Event) -> Episode:
    """The episode after `event`. Total: an event that makes no sense here changes nothing."""
    evolved = _evolved(episode, event)
    return replace(evolved, clock_read=event.at) if evolved.onset else evolved


def _evolved(episode: Episode, event: ev.Event) -> Episode:
    match event:
        case ev.PainRated() | ev.Logged():
            entries = [*episode.entries]
            put(entries, event)
            return replace(episode, entries=tuple(entries))
        case ev.Correction():
            return _reread(episode, event)
        case ev.EpisodeStarted(onset=onset, rules=rules) if episode.onset is None:
            return replace(episode, onset=onset, rules=rules)
        case _ if episode.onset is None:
            return episode
        case ev.EpisodeEnded():
            return Episode(rules=episode.rules)
        case ev.RulesChanged(rules=rules):
            return replace(episode, rules=rules)
        case ev.OnsetChanged(onset=onset):
            return replace(episode, onset=onset)
        case ev.CardAnswered(modality=modality):
            return replace(episode, cards=episode.cards | {modality})
        case ev.ModalitySwitched(modality=modality, against_plan=against_plan):
            return replace(episode, wanted=modality if against_plan else None)
        case _:
            return _session_evolved(_reminders_evolved(episode, event), event)


def _reread(episode: Episode, event: ev.Correction) -> Episode:
    if isinstance(event, ev.EntryCorrection):
        return replace(episode, entries=corrected(episode.entries, event))
    sessions = (
        session_corrected(each, event) if each.of == event.of and each.is_over else each
        for each in episode.sessions
    )
    return replace(episode, sessions=tuple(sessions))


def _reminders_evolved(episode: Episode, event: ev.Event) -> Episode:
    match event:
        case ev.Snoozed(at=at, snooze_min=snooze_min):
            return replace(episode, snoozed_until=at.after(snooze_min * MINUTE_S), due_step=0)
        case ev.Noticed(at=at, notice=ev.Notice.DUE, step=step):
            return replace(episode, due_step=step, due_told=at)
        case ev.Noticed(notice=ev.Notice.STILL_ON):
            return replace(episode, still_on_asked=True)
        case ev.MachineRestarted():
            return replace(episode, still_on_asked=False)
        case ev.Noticed(notice=ev.Notice.SKIN_CHECK):
            return replace(episode, skin_asked=True)
        case ev.Noticed(notice=ev.Notice.RATING):
            return replace(episode, rating_asked=True)
        case ev.Noticed(at=at):
            return replace(episode, heat_told=at)
        case ev.RemovalSilenced(at=at):
            return replace(episode, silenced=at)
        case ev.SessionStarted() | ev.PackPutOn() | ev.SessionLeftOut():
            skin_asked = episode.skin_asked and isinstance(event, ev.PackPutOn)
            return replace(
                episode,
                snoozed_until=None,
                silenced=None,
                due_step=0,
                resume=None,
                skin_asked=skin_asked,
                rating_asked=False,
            )
        case _:
            return episode


def _session_evolved(episode: Episode, event: ev.Event) -> Episode:
    match event:
        case ev.SessionStarted():
            return replace(episode, sessions=(*_given_up(episode), _begun(event)))
        case ev.SessionLeftOut() if episode.running:
            return replace(episode, sessions=_given_up(episode))
        case ev.SessionLeftOut(resume=resume):
            left_out = _left_out(episode.rules, event)
            return replace(episode, sessions=(*episode.sessions, left_out), resume=resume)
        case ev.RemovalCorrected(removed=removed) if episode.last_held and not episode.pack:
            return _with_last_held(episode, _corrected(episode.last_held, removed))
        case ev.SessionStopped(why=why) if episode.last_held and not episode.pack:
            stopped = replace(episode.last_held, stopped=True, stopped_for=why)
            return _with_last_held(episode, stopped)
        case _ if session := episode.running:
            return _with_last_held(episode, _running_evolved(session, event))
        case _:
            return episode


def _running_evolved(session: Session, event: ev.Event) -> Session:
    pack = session.pack
    match event:
        case ev.PackPutOn(at=at) if pack is None and session.next_part:
            put_on = Application(part=session.next_part, begun=at)
            return replace(session, applications=(*session.applications, put_on))
        case ev.PackRemoved(removed=removed, how=how) if pack:
            off = replace(
                _resumed(pack, removed), removed=removed, how=how, unsure=False, unanswered=False
            )
            return _with_last(session, off)
        case ev.RemovalUnanswered() if pack:
            return _with_last(session, replace(pack, unanswered=True))
        case ev.Paused(at=at) if pack and not pack.paused:
            return _with_last(session, replace(pack, paused=at))
        case ev.Resumed(at=at) if pack:
            return _with_last(session, _resumed(pack, at))
        case ev.MachineRestarted() if pack and not pack.paused:
            return _with_last(session, replace(pack, unsure=True))
        case ev.PackStillOn() if pack:
            return _with_last(session, replace(pack, unsure=False))
        case _:
            return session


def _begun(event: ev.SessionStarted) -> Session:
    return Session(
        of=event.at.wall,
        plan=event.plan,
        protocol=event.protocol,
        begun=event.at,
        applications=(Application(part=event.plan.parts[0], begun=event.at),),
        early_start=event.early,
        unconfirmed=event.unconfirmed,
    )


def _left_out(rules: Rules, event: ev.SessionLeftOut) -> Session:
    return Session(
        of=event.at.wall,
        plan=session_plan(event.modality, rules),
        protocol=rules.protocol,
        begun=event.due,
        left_out=Outcome.MISSED if isinstance(event, ev.SessionMissed) else Outcome.SKIPPED,
    )


def _given_up(episode: Episode) -> tuple[Session, ...]:
    if episode.running is None:
        return episode.sessions
    return (*episode.sessions[:-1], replace(episode.sessions[-1], stopped=True))


def _corrected(session: Session, removed: Moment) -> Session:
    return replace(
        _with_last(session, replace(session.last, removed=removed)), removal_explained=True
    )


def _resumed(pack: Application, at: Moment) -> Application:
    if pack.paused is None:
        return pack
    return replace(pack, paused=None, pauses=(*pack.pauses, (pack.paused, at)))


def _with_last(session: Session, application: Application) -> Session:
    return replace(session, applications=(*session.applications[:-1], application))


def _with_last_held(episode: Episode, session: Session) -> Episode:
    index = max(i for i, each in enumerate(episode.sessions) if each.is_held)
    before, after = episode.sessions[:index], episode.sessions[index + 1 :]
    return replace(episode, sessions=(*before, session, *after))
