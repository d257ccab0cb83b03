"""Events as hypothesis finds them: every kind, with every value that a record may hold."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from backtimer.domain import events as ev
from backtimer.domain.clock import Moment
from backtimer.domain.library import PROTOCOLS
from backtimer.domain.limits import LIMITS
from backtimer.domain.protocol import Modality, Part, SessionPlan, WhenDue, WhenOver
from backtimer.domain.quiet import QuietHours
from backtimer.domain.rules import Rules

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda at: timezone(timedelta(minutes=at)))


def moments() -> st.SearchStrategy[Moment]:
    near = st.datetimes(
        min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
        max_value=datetime(2026, 2, 1),  # noqa: DTZ001
        timezones=OFFSETS,
    )
    return st.builds(
        Moment,
        boot=st.sampled_from(["one", "two", "drei"]),
        boot_s=st.floats(-1e6, 1e6) | st.floats(0, 300_000),
        wall=near | st.datetimes(timezones=OFFSETS),
    )


def plans() -> st.SearchStrategy[SessionPlan]:
    part = st.builds(
        Part,
        modality=st.sampled_from(Modality),
        on_s=st.integers(1, 600),
        rest_before_s=st.just(0) | st.integers(0, 3600),
    )
    return st.builds(
        SessionPlan,
        parts=st.lists(part, min_size=1, max_size=3).map(tuple),
        rest_s=st.integers(0, 30_000),
    )


def rules() -> st.SearchStrategy[Rules]:
    lengths = {key: st.integers(limit.least, limit.most) for key, limit in LIMITS.items()}
    minutes = st.integers(0, 24 * 60 - 1)
    return st.builds(
        Rules,
        protocol=st.text(max_size=10),
        course=st.sampled_from(sorted(PROTOCOLS)),
        moist_heat=st.booleans(),
        when_due=st.sampled_from(WhenDue),
        when_over=st.sampled_from(WhenOver),
        quiet=st.builds(QuietHours, from_min=minutes, to_min=minutes),
        **lengths,
    )


def events(but: type[ev.Event] | None = None) -> st.SearchStrategy[ev.Event]:
    """Any event, or any but those of one kind."""
    return st.one_of([made for kind, made in _EVENTS.items() if kind is not but])


def _events() -> dict[type[ev.Event], st.SearchStrategy[ev.Event]]:
    at, modality, any_rules = moments(), st.sampled_from(Modality), rules()
    numbers, walls = st.none() | st.integers(-1000, 1000), st.datetimes(timezones=OFFSETS)
    earlier = st.none() | moments()
    left_out = {"at": at, "modality": modality, "due": moments(), "resume": moments()}
    return {
        ev.EpisodeStarted: st.builds(ev.EpisodeStarted, at=at, onset=moments(), rules=any_rules),
        ev.EpisodeEnded: st.builds(ev.EpisodeEnded, at=at),
        ev.RulesChanged: st.builds(ev.RulesChanged, at=at, rules=any_rules),
        ev.OnsetChanged: st.builds(ev.OnsetChanged, at=at, onset=moments()),
        ev.ModalitySwitched: st.builds(
            ev.ModalitySwitched, at=at, modality=modality, against_plan=st.booleans()
        ),
        ev.CardAnswered: st.builds(
            ev.CardAnswered, at=at, modality=modality, answer=st.sampled_from(ev.CardAnswer)
        ),
        ev.SessionStarted: st.builds(
            ev.SessionStarted,
            at=at,
            plan=plans(),
            protocol=st.text(max_size=10),
            early=st.booleans(),
            unconfirmed=st.booleans(),
        ),
        ev.PackPutOn: st.builds(ev.PackPutOn, at=at),
        ev.PackRemoved: st.builds(
            ev.PackRemoved, at=at, removed=moments(), how=st.sampled_from(ev.RemovalKind)
        ),
        ev.RemovalCorrected: st.builds(ev.RemovalCorrected, at=at, removed=moments()),
        ev.Paused: st.builds(ev.Paused, at=at),
        ev.Resumed: st.builds(ev.Resumed, at=at),
        ev.RemovalSilenced: st.builds(ev.RemovalSilenced, at=at),
        ev.Snoozed: st.builds(ev.Snoozed, at=at, snooze_min=st.integers(-1000, 1000)),
        ev.SessionSkipped: st.builds(ev.SessionSkipped, **left_out),
        ev.SessionMissed: st.builds(ev.SessionMissed, **left_out),
        ev.Noticed: st.builds(
            ev.Noticed, at=at, notice=st.sampled_from(ev.Notice), step=st.integers(-5, 5)
        ),
        ev.PainRated: st.builds(
            ev.PainRated, at=at, nrs=st.integers(0, ev.NRS_MOST), note=st.text(), was_at=earlier
        ),
        ev.RemovalUnanswered: st.builds(ev.RemovalUnanswered, at=at),
        ev.SessionStopped: st.builds(ev.SessionStopped, at=at, why=st.sampled_from(ev.StopReason)),
        ev.Logged: st.builds(
            ev.Logged,
            at=at,
            topic=st.sampled_from(ev.Topic),
            text=st.text(),
            number=numbers,
            was_at=earlier,
        ),
        ev.EntryCorrected: st.builds(
            ev.EntryCorrected, at=at, of=walls, text=st.text(), number=numbers
        ),
        ev.EntryWithdrawn: st.builds(ev.EntryWithdrawn, at=at, of=walls),
        ev.EntryRestored: st.builds(ev.EntryRestored, at=at, of=walls),
        ev.SessionCorrected: st.builds(
            ev.SessionCorrected,
            at=at,
            of=walls,
            begun=moments(),
            removed=moments(),
            how=st.sampled_from(ev.RemovalKind),
        ),
        ev.SessionWithdrawn: st.builds(ev.SessionWithdrawn, at=at, of=walls),
        ev.SessionRestored: st.builds(ev.SessionRestored, at=at, of=walls),
    }


_EVENTS = _events()
