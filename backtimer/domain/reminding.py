"""When to speak up: which message is due now, and when the next one will be.

Distances between messages are in real seconds, also in a demo: they are for a person's ears.
"""

from dataclasses import dataclass
from enum import StrEnum

from backtimer.domain import events as ev
from backtimer.domain.clock import HOUR_S, MINUTE_S, Moment
from backtimer.domain.episode import Episode
from backtimer.domain.phases import Phase, Standing, standing
from backtimer.domain.protocol import Modality
from backtimer.domain.session_commands import unexplained_removal
from backtimer.domain.view import View

DUE_AGAIN_S = (0.0, 10.0 * MINUTE_S, 30.0 * MINUTE_S)  # then it is only shown
# (J) What was due on an earlier day, and this long ago, is shown and no longer said.
STALE_FROM_S = 4 * HOUR_S
# (J) So much time is left at least when the skin is asked about.
SKIN_CHECK_LEAST_S = 2 * MINUTE_S
# (J) How the pain is now is asked once the skin is warm again, while it tells of this session.
RATING_AFTER_S = 2 * MINUTE_S
RATING_WITHIN_S = 30 * MINUTE_S


class Message(StrEnum):
    """What there is to say."""

    TAKE_OFF = "take-off"
    STILL_ON = "still-on"
    DUE = "due"
    SWITCH_TO_HEAT = "switch-to-heat"
    PAUSE_OVER = "pause-over"
    ASSUMED_OFF = "assumed-off"
    BEGUN = "begun"
    SKIN_CHECK = "skin-check"
    RATING = "rating"
    TRIAL = "trial"  # of how it is heard
    GUIDANCE = "guidance"  # what a voice says during an exercise


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """`message` is to be said now; `step` counts how often by then (1 and up)."""

    message: Message
    modality: Modality
    step: int = 1


def due_step(episode: Episode, now: Moment, speed: float) -> Due | None:
    """The reminder of a due session that is to be given now: one, however late."""
    stands = standing(episode, now)
    if stands.phase is not Phase.DUE or stands.proposal is None or _is_stale(stands, now, speed):
        return None
    waited_s = _waited_s(episode, stands.since_s, now) / speed
    step = sum(1 for each in DUE_AGAIN_S if waited_s >= each)
    if step <= _told_steps(episode, stands.since_s, now):
        return None
    return Due(message=Message.DUE, modality=stands.proposal.plan.modality, step=step)


def next_due_step_s(episode: Episode, now: Moment, speed: float) -> float | None:
    """Real seconds until `due_step` has something to say while the session stays due."""
    stands = standing(episode, now)
    told = _told_steps(episode, stands.since_s, now)
    if stands.phase is not Phase.DUE or told >= len(DUE_AGAIN_S) or _is_stale(stands, now, speed):
        return None
    waited_s = _waited_s(episode, stands.since_s, now) / speed
    return max(0.0, DUE_AGAIN_S[told] - waited_s)


def _is_stale(stands: Standing, now: Moment, speed: float) -> bool:
    due = now.after(stands.since_s)
    return -stands.since_s / speed >= STALE_FROM_S and due.wall.date() < now.wall.date()


def _told_steps(episode: Episode, since_s: float, now: Moment) -> int:
    # What was said before it was due was said of another: one of the other modality, say.
    told = episode.due_told
    return episode.due_step if told and told.since(now) >= since_s else 0


def _waited_s(episode: Episode, since_s: float, now: Moment) -> float:
    if episode.snoozed_until is None:
        return -since_s
    return min(-since_s, now.since(episode.snoozed_until))


def still_on_to_ask(episode: Episode) -> Due | None:
    """The question whether the pack is still on, once after each start of the machine."""
    pack = episode.pack
    if pack is None or not pack.unsure or episode.still_on_asked:
        return None
    return Due(message=Message.STILL_ON, modality=pack.part.modality)


def skin_check_to_ask(episode: Episode, now: Moment) -> Due | None:
    """The question about burning or numb skin: once a session, silently, while the pack is on."""
    left_s = skin_check_in_s(episode, now)
    pack = episode.pack
    if pack is None or left_s is None or left_s > 0:
        return None
    return Due(message=Message.SKIN_CHECK, modality=pack.part.modality)


def skin_check_in_s(episode: Episode, now: Moment) -> float | None:
    """Seconds of care until that question, 0 or less when it is due; None where none comes."""
    pack, after_min = episode.pack, episode.rules.skin_check_min
    if pack is None or pack.paused or episode.skin_asked or not after_min:
        return None
    left_s = after_min * MINUTE_S - pack.on_skin_s(now)
    # Once time is nearly up, there is something else to say.
    return left_s if max(left_s, 0.0) + SKIN_CHECK_LEAST_S <= pack.left_s(now) else None


def rating_to_ask(episode: Episode, now: Moment) -> Due | None:
    """The question how the pain is by now, silently, soon after a session. See `rating_in_s`."""
    left_s = rating_in_s(episode, now)
    last = episode.last_held
    if last is None or left_s is None or left_s > 0:
        return None
    return Due(message=Message.RATING, modality=last.last.part.modality)


def rating_in_s(episode: Episode, now: Moment) -> float | None:
    """Seconds of care until that question, 0 or less when it is due; None where none comes.

    Once a session, where pain was rated before and not since the removal, and where the person
    said that the pack is off.
    """
    last = episode.last_held
    if last is None or last.last.removed is None:
        return None
    if episode.rating_asked or not is_rating_open(episode):
        return None
    if last.last.how is not ev.RemovalKind.CONFIRMED or unexplained_removal(episode):
        return None
    if standing(episode, now).phase is not Phase.RESTING:
        return None
    gone_s = now.since(last.last.removed)
    if gone_s > RATING_WITHIN_S or episode.rules.quiet.end_if_quiet(now.wall):
        return None
    return RATING_AFTER_S - gone_s


def is_rating_open(episode: Episode) -> bool:
    """Whether pain was rated before the last removal and not since; not within a session."""
    removed, pains = episode.removed, episode.pains
    if removed is None or episode.running or not pains:
        return False
    return all(each.at.since(removed) < 0 for each in pains)


def holds(message: Message, view: View, episode: Episode) -> bool:
    """Whether what `message` said is still so, and not answered; true where no answer comes."""
    match message:
        case Message.TAKE_OFF:
            return view.phase is Phase.REMOVE
        case Message.STILL_ON:
            return view.unsure
        case Message.SKIN_CHECK:
            return view.skin_check
        case Message.RATING:
            return view.phase is Phase.RESTING and is_rating_open(episode)
        case Message.DUE:
            snoozed = episode.snoozed_until
            return view.phase is Phase.DUE and not (snoozed and snoozed.since(view.at) > 0)
        case Message.BEGUN:
            return view.phase is Phase.APPLYING
        case _:
            return True


def heat_to_tell(episode: Episode, heat_from: Moment | None, now: Moment) -> Due | None:
    """The news that heat takes over, once; not at night and not with a pack on."""
    if heat_from is None or now.since(heat_from) < 0 or episode.has_held(Modality.HEAT):
        return None
    if episode.heat_told and episode.heat_told.since(heat_from) >= 0:
        return None
    stands = standing(episode, now)
    coming = stands.proposal if stands.phase in (Phase.DUE, Phase.RESTING) else None
    if coming is None or coming.plan.modality is not Modality.HEAT:
        return None
    if episode.rules.quiet.end_if_quiet(now.wall):
        return None
    return Due(message=Message.SWITCH_TO_HEAT, modality=Modality.HEAT)


def settled_by_time(facts: tuple[ev.Event, ...], episode: Episode) -> Due | None:
    """What a person is told of facts that time alone brought about: the last one that counts."""
    for fact in reversed(facts):
        match fact:
            case ev.PackRemoved(how=ev.RemovalKind.PAUSE_EXPIRED):
                message = Message.PAUSE_OVER
            case ev.PackRemoved():
                message = Message.ASSUMED_OFF
            case ev.SessionStarted() | ev.PackPutOn():
                message = Message.BEGUN
            case _:
                continue
        last = episode.last_held
        assert last
        return Due(message=message, modality=last.last.part.modality)
    return None
