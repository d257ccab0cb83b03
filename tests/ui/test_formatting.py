"""The window's words for each state."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.phases import Phase
from backtimer.ui import formatting
from tests.ui.conftest import Screen


def live(screen: Screen, *steps: cmd.Command | float) -> None:
    screen.start()
    for step in steps:
        if isinstance(step, cmd.Command):
            screen.care.do(step)
        else:
            screen.wait(step)


@pytest.mark.parametrize(
    ("steps", "phase", "time", "line", "minutes"),
    [
        ((7.5,), "Ice is on", "12:30", "Take it off at 08:20", "13"),
        ((5, cmd.Pause(), 2), "Ice is paused", "8:00", "Counts as off from 08:15", "8"),
        ((22.1,), "Take the ice off", "+2:06", "Was due at 08:20", "!"),
        ((20, cmd.Off(), 10), "Rest", "1:20:00", "Ice again at 09:50", "80"),
        ((20, cmd.Off(), 91), "Time for ice", "now", "Since 09:50", ""),
        (
            (12.5 * 60, cmd.Off(), 60 + 31),
            "Rest",
            "–",
            "Nothing is planned",
            "",
        ),
    ],
)
def test_each_phase_in_words(
    screen: Screen,
    steps: tuple[cmd.Command | float, ...],
    phase: str,
    time: str,
    line: str,
    minutes: str,
) -> None:
    if phase == "Rest" and time == "–":
        screen.settings.change(lambda settings: settings.with_protocol("manual"))
    live(screen, *steps)
    view, now = screen.care.view, screen.clock.now()

    assert formatting.phase_words(view) == phase
    assert formatting.big_time(view, now) == time
    assert formatting.then_line(view) == line
    assert formatting.minutes_left(view, now) == minutes


def test_the_night_in_words(screen: Screen) -> None:
    live(screen, 20, cmd.Off())
    while screen.care.view.phase is not Phase.QUIET:
        screen.wait(30)
    assert formatting.phase_words(screen.care.view) == "Quiet hours"
    assert formatting.then_line(screen.care.view) == "Ice again at Tue 07:00"


def test_a_rest_that_ends_in_the_night_says_that_the_next_session_waits(screen: Screen) -> None:
    live(screen, 20, cmd.Off(), 13 * 60, cmd.Start(), 20, cmd.Off())
    assert formatting.phase_words(screen.care.view) == "Rest"
    assert formatting.then_line(screen.care.view) == "Ice waits until Tue 07:00"


def test_the_headline_says_the_day_and_what_it_is_a_day_of(screen: Screen) -> None:
    live(screen, 20, cmd.Off(), 25 * 60)
    assert formatting.headline(screen.care.view) == "Day 2 of ice"
    screen.wait(48 * 60)
    assert formatting.headline(screen.care.view) == "Day 4 · heat"


def test_beside_it_stand_onset_and_switch(screen: Screen) -> None:
    live(screen, 1)
    line = formatting.episode_line(screen.care.view, 1)
    assert line == "Started Mon 08:00 · heat from Thu 08:00"
    screen.wait(80 * 60)
    line = formatting.episode_line(screen.care.view, 1)
    assert line == "Started Mon 08:00 · ice until Thu 08:00"


def test_a_demo_says_so_wherever_time_is_shown(screen: Screen) -> None:
    live(screen, 1)
    view = screen.care.view
    assert formatting.episode_line(view, 600).startswith("Demo ×600")
    assert formatting.window_title(view, view.at, 600).endswith("Backtimer, demo ×600")


def test_the_next_list_puts_the_night_in_its_place(screen: Screen) -> None:
    live(screen, 5)
    rows = formatting.step_rows(screen.care.view, screen.care.steps(), screen.care.next_night())
    assert rows == [
        ("08:20", "Rest, 1 h 30 min"),
        ("09:50", "Ice, 20 min"),
        ("22:30", "Quiet until 07:00"),
    ]


def test_the_next_list_begins_with_what_has_to_come_off(screen: Screen) -> None:
    live(screen, 21)
    rows = formatting.step_rows(screen.care.view, screen.care.steps(), screen.care.next_night())
    assert rows == [
        ("now", "Take the ice off"),
        ("then", "Rest, 1 h 30 min"),
        ("22:30", "Quiet until 07:00"),
    ]


def test_the_day_in_words_counts_what_is_done(screen: Screen) -> None:
    live(screen, 20, cmd.Off(), 5)
    marks = screen.care.marks_of_day()
    assert formatting.done_of_day(marks) == f"1 of {len(marks)} done"
    assert formatting.mark_words(marks[0]) == "Ice 08:00–08:20, done"
    assert formatting.mark_words(marks[1]) == "Ice 09:50–10:10, planned"
