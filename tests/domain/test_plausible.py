"""A record from elsewhere that cannot have happened is refused; one that can is not."""

from dataclasses import replace

import pytest

from backtimer.domain import events as ev
from backtimer.domain.clock import DAY_S
from backtimer.domain.errors import DataError
from backtimer.domain.plausible import check
from tests.domain.kit import Life, at_rest, moment


def rated(seconds: float, boot: str = "boot-1") -> ev.PainRated:
    return ev.PainRated(at=replace(moment().after(seconds), boot=boot), nrs=3)


def test_what_was_lived_can_be_true() -> None:
    life = at_rest(30)
    life.set_clock(-3)
    life.check()
    life.reboot()
    check(life.history, life.now)
    check((), life.now)


def test_a_clock_that_was_set_makes_no_record_impossible() -> None:
    life = Life()
    life.start()
    life.set_clock(8760)
    life.off()
    life.set_clock(-8760)
    life.check()
    check(life.history, life.now)


def test_within_a_boot_nothing_goes_back() -> None:
    with pytest.raises(DataError, match="Event 2 of this backup cannot be: it comes before"):
        check((rated(60), rated(0)), moment().after(90))
    check((rated(60), rated(59.5)), moment().after(90))


def test_a_boot_that_ended_does_not_come_again() -> None:
    with pytest.raises(DataError, match="Event 3 of this backup cannot be: it comes before"):
        check((rated(0), rated(60, "boot-2"), rated(90)), moment().after(100))


def test_nothing_happens_twice_at_one_moment() -> None:
    with pytest.raises(DataError, match="Event 2 of this backup cannot be: it is there twice"):
        check((rated(0), rated(0)), moment().after(90))


@pytest.mark.parametrize("boot", ["boot-1", "boot-2"])
def test_what_is_still_to_come_did_not_happen(boot: str) -> None:
    with pytest.raises(DataError, match="still to come"):
        check((rated(3 * DAY_S),), replace(moment(), boot=boot))


def test_clocks_of_two_machines_may_differ_by_hours() -> None:
    check((rated(DAY_S / 2, "boot-2"),), moment())


def test_nothing_is_written_before_it_was() -> None:
    later = replace(rated(0), was_at=moment().after(60))
    with pytest.raises(DataError, match="later than it was written"):
        check((later,), moment().after(90))
    check((replace(rated(60), was_at=moment()),), moment().after(90))
