"""The commands that put a pack on and take it off."""

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.clock import MICROSECOND_S, MINUTE_S, Moment
from backtimer.domain.episode import Episode, evolve
from backtimer.domain.errors import Refused
from backtimer.domain.library import session_plan, stage_at
from backtimer.domain.limits import SESSIONS_BY_HAND
from backtimer.domain.phases import (
    by_hand_left_s,
    day_number_left_s,
    next_modality,
    rest_left_s,
)
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.refusals import running_pack
from backtimer.domain.session import ASK_LATE_FROM_S, Session
from backtimer.domain.wording import capitalised, modality_name, when
from backtimer.domain.words import tr

Events = tuple[ev.Event, ...]


def start(episode: Episode, command: cmd.Start, now: Moment) -> Events:
    """Put a pack on: the next part of a session, a session, or the first of an episode."""
    _refuse_with_pack(episode)
    opened = _opened(episode, command, now)
    for event in opened:
        episode = evolve(episode, event)
    session = episode.running
    if session and session.next_part:
        return (*opened, *_go_on(episode, session.next_part, command, now))
    modality = command.modality or next_modality(episode, now)
    _refuse_too_soon(episode, modality, now)
    begun = ev.SessionStarted(
        at=now,
        plan=_plan(episode, modality, now),
        protocol=episode.rules.protocol,
        early=rest_left_s(episode, now) > 0,
    )
    return (*opened, *_card(modality, command, now), begun)


def _refuse_with_pack(episode: Episode) -> None:
    if episode.pack is None:
        return
    name = capitalised(modality_name(episode.pack.part.modality))
    if episode.pack.paused:
        raise Refused(tr("{name} is paused. To go on: backtimer resume", name=name))
    raise Refused(tr("{name} is on already. Take it off first: backtimer off", name=name))


def _opened(episode: Episode, command: cmd.Start, now: Moment) -> Events:
    if episode.onset is None:
        onset = command.onset or now
        return (ev.EpisodeStarted(at=now, onset=onset, rules=episode.rules),)
    return (ev.OnsetChanged(at=now, onset=command.onset),) if command.onset else ()


def _go_on(episode: Episode, part: Part, command: cmd.Start, now: Moment) -> Events:
    if command.modality not in (None, part.modality):
        name = modality_name(part.modality)
        raise Refused(
            tr("This session goes on with {name}. To leave it out: backtimer skip", name=name)
        )
    _refuse_for(by_hand_left_s(episode, part.modality, now), now)
    return (*_card(part.modality, command, now), ev.PackPutOn(at=now))


def _refuse_too_soon(episode: Episode, modality: Modality, now: Moment) -> None:
    rest_s = by_hand_left_s(episode, modality, now)
    full_s = day_number_left_s(episode, SESSIONS_BY_HAND, now)
    if full_s > max(rest_s, 0.0):
        raise Refused(
            tr(
                "{most} sessions in 24 hours are enough. The next is possible from {time}.",
                most=SESSIONS_BY_HAND,
                time=_possible_in(full_s, now),
            )
        )
    _refuse_for(rest_s, now)


def _refuse_for(rest_s: float, now: Moment) -> None:
    if rest_s > 0:
        time = _possible_in(rest_s, now)
        raise Refused(tr("Your skin needs a rest. Possible from {time}.", time=time))


def _possible_in(seconds: float, now: Moment) -> str:
    # Up to the next whole minute: the time that is told must be one that works.
    return when(now.after(seconds + MINUTE_S - MICROSECOND_S).wall, now.wall)


def _plan(episode: Episode, modality: Modality, now: Moment) -> SessionPlan:
    stage = stage_at(episode.rules, now.since(episode.onset)) if episode.onset else None
    if stage and stage.plan.modality is modality:
        return stage.plan
    return session_plan(modality, episode.rules)


def _card(modality: Modality, command: cmd.Start, now: Moment) -> Events:
    if command.card is None:
        return ()
    return (ev.CardAnswered(at=now, modality=modality, answer=command.card),)


def off(episode: Episode, removed: Moment, now: Moment) -> Events:
    """Take the pack off, and put the next part on where one follows at once."""
    pack = running_pack(episode, tr("There is no pack on to take off."))
    if now.since(removed) < 0 or removed.since(pack.begun) < 0:
        raise Refused(
            tr(
                "It went on at {begun}: say a time between then and now.",
                begun=when(pack.begun.seen_from(now).wall, now.wall),
            )
        )
    if pack.paused and removed.since(pack.paused) > 0:
        removed = pack.paused
    taken_off = ev.PackRemoved(at=now, removed=removed, how=ev.RemovalKind.CONFIRMED)
    session = evolve(episode, taken_off).running
    if session and session.next_part and session.next_part.rest_before_s == 0:
        return (taken_off, ev.PackPutOn(at=now))
    return (taken_off,)


def stop(episode: Episode, why: ev.StopReason, now: Moment) -> Events:
    """Take the pack off and leave out what would follow it in this session."""
    running_pack(episode, tr("There is no pack on to take off."))
    taken_off, *_ = off(episode, now, now)
    return (taken_off, ev.SessionStopped(at=now, why=why))


def still_on(episode: Episode, now: Moment) -> Events:
    """Say that the pack was on while the machine was started again."""
    pack = running_pack(episode, tr("There is no pack on."))
    if not pack.unsure:
        raise Refused(tr("It counts as on already. Once it is off: backtimer off"))
    return (ev.PackStillOn(at=now),)


def lose_track(episode: Episode, now: Moment) -> Events:
    """Say that the pack is off, and that nobody knows since when. Rest counts from now."""
    pack = running_pack(episode, tr("There is no pack on."))
    if not pack.unsure and (pack.paused or pack.left_s(now) > 0):
        raise Refused(tr("Its time is not up yet. Once it is off: backtimer off"))
    return (ev.PackRemoved(at=now, removed=now, how=ev.RemovalKind.UNKNOWN),)


def pause(episode: Episode, now: Moment) -> Events:
    """Take the pack off for a moment; only while its time runs."""
    pack = running_pack(episode, tr("There is no pack on to pause."))
    if pack.paused:
        raise Refused(tr("It is paused already. To go on: backtimer resume"))
    if pack.left_s(now) <= 0:
        raise Refused(tr("Time is up: take it off. Then: backtimer off"))
    return (ev.Paused(at=now),)


def resume(episode: Episode, now: Moment) -> Events:
    """Put the pack on again after a pause."""
    pack = running_pack(episode, tr("Nothing is paused."))
    if not pack.paused:
        raise Refused(tr("Nothing is paused."))
    return (ev.Resumed(at=now),)


def silence(episode: Episode, now: Moment) -> Events:
    """Stay silent for one repeat of the removal alarm."""
    pack = running_pack(episode, tr("Nothing is ringing."))
    if pack.paused or pack.left_s(now) > 0:
        raise Refused(tr("Nothing is ringing."))
    return (ev.RemovalSilenced(at=now),)


def explain_removal(episode: Episode, removed: Moment, now: Moment) -> Events:
    """Say when a pack that was confirmed late really came off."""
    session = unexplained_removal(episode)
    if session is None:
        raise Refused(tr("There is no late removal to explain."))
    last = session.last
    if removed.since(last.begun) < 0 or (last.removed and removed.since(last.removed) > 0):
        raise Refused(tr("Say a time between putting it on and saying that it was off."))
    return (ev.RemovalCorrected(at=now, removed=removed),)


def unexplained_removal(episode: Episode) -> Session | None:
    """The last session, if its removal came so late that the person is asked about it."""
    session = episode.last_held
    if session is None or session.pack or session.removal_explained:
        return None
    return session if session.last.late_s() > ASK_LATE_FROM_S else None
