"""Which events a command leads to now, or a refusal that says why: `decide(...)`."""

from backtimer.domain import commands as cmd
from backtimer.domain import events as ev
from backtimer.domain.amend import amend
from backtimer.domain.clock import DAY_S, Moment
from backtimer.domain.diary_commands import log, rate
from backtimer.domain.episode import Episode
from backtimer.domain.errors import Refused
from backtimer.domain.limits import SNOOZE
from backtimer.domain.phases import Phase, elapsed_s, own_modality, standing
from backtimer.domain.plan import next_choice
from backtimer.domain.protocol import Modality
from backtimer.domain.refusals import refuse_if_idle, refuse_with_pack_on
from backtimer.domain.session_commands import (
    explain_removal,
    lose_track,
    off,
    pause,
    resume,
    silence,
    start,
    still_on,
    stop,
)
from backtimer.domain.settle import settle
from backtimer.domain.wording import modality_name
from backtimer.domain.words import tr

ONSET_MOST_DAYS = 30

Events = tuple[ev.Event, ...]


def decide(episode: Episode, command: cmd.Command, now: Moment) -> Events:
    """The events of `command` at `now`, preceded by what came true by time until then.

    Raises `Refused` with a sentence for the person; then nothing has happened.
    """
    facts, settled = settle(episode, now)
    return (*facts, *decide_settled(settled, command, now))


def decide_settled(episode: Episode, command: cmd.Command, now: Moment) -> Events:
    """The events of `command` at `now` in an episode that has all that came true by time."""
    match command:
        case cmd.Start(onset=onset):
            if onset:
                check_onset(episode, onset, now)
            return start(episode, command, now)
        case cmd.Off(removed=removed):
            return off(episode, removed or now, now)
        case cmd.Stop(why=why):
            return stop(episode, why, now)
        case cmd.StillOn():
            return still_on(episode, now)
        case cmd.LoseTrack():
            return lose_track(episode, now)
        case cmd.Pause():
            return pause(episode, now)
        case cmd.Resume():
            return resume(episode, now)
        case cmd.Silence():
            return silence(episode, now)
        case cmd.ExplainRemoval(removed=removed):
            return explain_removal(episode, removed, now)
        case _:
            return _plan(episode, command, now)


def _plan(episode: Episode, command: cmd.Command, now: Moment) -> Events:
    match command:
        case cmd.Snooze(snooze_min=snooze_min):
            return _snooze(episode, snooze_min, now)
        case cmd.Skip():
            return _skip(episode, now)
        case cmd.Switch(modality=modality):
            return _switch(episode, modality, now)
        case cmd.ChangeOnset(onset=onset):
            refuse_if_idle(episode)
            check_onset(episode, onset, now)
            return (ev.OnsetChanged(at=now, onset=onset),)
        case _:
            return _record(episode, command, now)


def _record(episode: Episode, command: cmd.Command, now: Moment) -> Events:
    match command:
        case cmd.RatePain():
            return rate(episode, command, now)
        case cmd.Log():
            return log(episode, command, now)
        case cmd.Correct():
            return amend(episode, command, now, until=now)
        case cmd.AnswerCard(modality=modality, answer=answer):
            refuse_if_idle(episode)
            return (ev.CardAnswered(at=now, modality=modality, answer=answer),)
        case cmd.ChangeRules(rules=rules):
            changed = episode.onset is not None and rules != episode.rules
            return (ev.RulesChanged(at=now, rules=rules),) if changed else ()
        case cmd.End():
            return _end(episode, now)
        case cmd.Quit():
            refuse_with_pack_on(episode)
            return ()
        case _:
            raise TypeError(command)


def check_onset(episode: Episode, onset: Moment, now: Moment) -> None:
    """Raise `Refused` unless the pain can have begun at `onset`."""
    ago_s = now.since(onset)
    if ago_s < 0:
        raise Refused(tr("That time is still to come. Say when it began, for example: 2h ago"))
    if ago_s > ONSET_MOST_DAYS * DAY_S:
        raise Refused(
            tr(
                "That is more than {days} days ago. For pain that has lasted this long, "
                "please see a doctor.",
                days=ONSET_MOST_DAYS,
            )
        )
    held = next((each for each in episode.sessions if each.is_held), None)
    if held and onset.since(held.begun) > 0:
        raise Refused(tr("It cannot have begun after your first session."))


def _snooze(episode: Episode, snooze_min: int, now: Moment) -> Events:
    if standing(episode, now).phase is not Phase.DUE:
        raise Refused(tr("There is nothing to snooze: no session is due."))
    SNOOZE.check(tr("Snooze"), snooze_min)
    return (ev.Snoozed(at=now, snooze_min=snooze_min),)


def _skip(episode: Episode, now: Moment) -> Events:
    refuse_if_idle(episode)
    refuse_with_pack_on(episode)
    if episode.pack:
        raise Refused(tr("This session is not over yet. To end it: backtimer off"))
    stands = standing(episode, now)
    if stands.phase not in (Phase.DUE, Phase.RESTING) or stands.proposal is None:
        raise Refused(tr("There is no session to skip: nothing is planned now."))
    plan, start_s = stands.proposal.plan, stands.proposal.start_s
    # One cycle later than it would have begun: of one that waits, than now.
    resume = now.after(max(start_s, 0.0) + plan.cycle_s)
    due = now.after(start_s)
    return (ev.SessionSkipped(at=now, modality=plan.modality, due=due, resume=resume),)


def _switch(episode: Episode, modality: Modality, now: Moment) -> Events:
    refuse_if_idle(episode)
    planned, start = next_choice(episode, now)
    if planned is modality:
        raise Refused(tr("The next session is {name} already.", name=modality_name(modality)))
    against_plan = own_modality(episode, elapsed_s(episode, start)) is not modality
    return (ev.ModalitySwitched(at=now, modality=modality, against_plan=against_plan),)


def _end(episode: Episode, now: Moment) -> Events:
    refuse_if_idle(episode)
    refuse_with_pack_on(episode)
    ended = ev.EpisodeEnded(at=now)
    # A pack that is off for a pause stays off.
    return (*off(episode, now, now), ended) if episode.pack else (ended,)
