"""Events to store and to render: one of each kind, and whole histories of any length."""

from datetime import UTC, datetime, timedelta, timezone

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.protocol import Modality, Part, SessionPlan
from backtimer.domain.rules import Rules

OFFSET = timezone(timedelta(hours=5, minutes=30))
BEGIN = datetime(2026, 11, 20, 18, 40, 0, 123456, tzinfo=OFFSET)
ICE = SessionPlan(parts=(Part(modality=Modality.ICE, on_s=1200),), rest_s=5400)
ICE_TWICE = SessionPlan(
    parts=(
        Part(modality=Modality.ICE, on_s=600),
        Part(modality=Modality.ICE, on_s=600, rest_before_s=600),
    ),
    rest_s=5400,
)


def moment(minutes: float = 0.0) -> Moment:
    """`minutes` after an evening in November, in a zone that is half an hour off."""
    return Moment(boot="a-boot", boot_s=1000.0625, wall=BEGIN).after(minutes * 60)


def started(minutes: float, plan: SessionPlan = ICE) -> ev.SessionStarted:
    return ev.SessionStarted(at=moment(minutes), plan=plan, protocol="ice-then-heat")


def removed(minutes: float, how: ev.RemovalKind = ev.RemovalKind.CONFIRMED) -> ev.PackRemoved:
    return ev.PackRemoved(at=moment(minutes), removed=moment(minutes), how=how)


def rated(minutes: float, nrs: int, note: str = "") -> ev.PainRated:
    return ev.PainRated(at=moment(minutes), nrs=nrs, note=note)


def opened(minutes: float = 0.0) -> ev.EpisodeStarted:
    return ev.EpisodeStarted(at=moment(minutes), onset=moment(minutes), rules=Rules())


def ended(minutes: float) -> ev.EpisodeEnded:
    return ev.EpisodeEnded(at=moment(minutes))


def one_of_each() -> tuple[ev.Event, ...]:
    """An event of every kind, `EpisodeEnded` last, with the awkward values a record may hold."""
    elsewhere = Moment(boot="", boot_s=-3.5, wall=datetime(2026, 3, 1, 2, 3, 4, tzinfo=UTC))
    return (
        ev.EpisodeStarted(at=moment(), onset=elsewhere, rules=Rules(ice_min=12)),
        ev.RulesChanged(at=moment(1), rules=Rules(heat_after_h=48)),
        ev.OnsetChanged(at=moment(2), onset=elsewhere),
        ev.ModalitySwitched(at=moment(3), modality=Modality.HEAT, against_plan=True),
        ev.CardAnswered(at=moment(4), modality=Modality.ICE, answer=ev.CardAnswer.CLINICIAN_AGREED),
        ev.SessionStarted(
            at=moment(5), plan=ICE_TWICE, protocol="my-physio-s", early=True, unconfirmed=True
        ),
        removed(15, ev.RemovalKind.PAUSE_EXPIRED),
        ev.PackPutOn(at=moment(25)),
        ev.Paused(at=moment(26)),
        ev.Resumed(at=moment(27)),
        ev.RemovalSilenced(at=moment(36)),
        removed(36.5),
        ev.RemovalCorrected(at=moment(37), removed=moment(36)),
        ev.Noticed(at=moment(40), notice=ev.Notice.DUE, step=2),
        ev.Snoozed(at=moment(41), snooze_min=10),
        ev.SessionSkipped(
            at=moment(42), modality=Modality.HEAT, due=moment(41), resume=moment(150)
        ),
        ev.SessionMissed(at=moment(43), modality=Modality.ICE, due=elsewhere, resume=moment(43)),
        rated(44, 7, "Öö\n“–” \x00 \ud83d half a pair, =1+1, 🧊"),
        ev.ClockSet(at=moment(44.5)),
        ev.MachineRestarted(at=moment(44.6)),
        ev.PackStillOn(at=moment(44.7)),
        ev.RemovalUnanswered(at=moment(44.8)),
        ev.SessionStopped(at=moment(44.9), why=ev.StopReason.SKIN),
        ev.Logged(at=moment(44.91), topic=ev.Topic.MEDICINE, text="two of the white ones 🧊"),
        ev.Logged(at=moment(44.92), topic=ev.Topic.SPASM_MIN, number=12),
        ev.Logged(at=moment(44.925), topic=ev.Topic.NOTE, text="then", was_at=moment(-90)),
        ev.PainRated(at=moment(44.926), nrs=9, was_at=moment(-60)),
        ev.EntryCorrected(at=moment(44.93), of=moment(44.92).wall, text="", number=15),
        ev.EntryWithdrawn(at=moment(44.94), of=moment(44.91).wall),
        ev.EntryRestored(at=moment(44.95), of=moment(44.91).wall),
        ev.SessionCorrected(
            at=moment(44.96),
            of=moment(20).wall,
            begun=moment(21),
            removed=moment(35),
            how=ev.RemovalKind.CONFIRMED,
        ),
        ev.SessionWithdrawn(at=moment(44.97), of=moment(42).wall),
        ev.SessionRestored(at=moment(44.98), of=moment(42).wall),
        ended(45),
    )
