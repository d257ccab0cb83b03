"""The screen stays lit while somebody reads it from across the room with a pack on."""

from backtimer.domain import commands as cmd
from backtimer.services.screen import ScreenLight
from tests.fakes import HandScreen
from tests.services.timer import Timer


def test_it_is_held_only_while_a_pack_is_on_and_the_mode_is_shown() -> None:
    timer, screen = Timer(), HandScreen()
    light = ScreenLight(care=timer.care, screen=screen)
    light.on_across(True)
    assert screen.asked == []
    timer.start()
    timer.wait(5)
    timer.do(cmd.Pause())
    assert screen.asked == ["hold"]
    light.on_across(False)
    light.on_across(True)
    assert screen.asked == ["hold", "release", "hold"]
    timer.off()
    assert screen.asked == ["hold", "release", "hold", "release"]
