"""Long work is announced to a terminal, and to nothing else."""

import io
import sys
import threading

import pytest

from backtimer import patience


class Terminal(io.StringIO):
    """What is written, as a terminal would show it; `said` is set with the first of it."""

    def __init__(self) -> None:
        super().__init__()
        self.said = threading.Event()

    def isatty(self) -> bool:
        return True

    def flush(self) -> None:
        self.said.set()


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Put in place within a test, since pytest captures anew before each."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    return made


def test_long_work_is_announced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(patience, "LONG_S", 0.0)
    with patience.patience("Writing x.csv …"):
        assert terminal.said.wait(10)
    assert terminal.getvalue() == "Writing x.csv …\n"


def test_quick_work_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    monkeypatch.setattr(patience, "LONG_S", 3600.0)
    before = threading.active_count()
    with patience.patience("Writing x.csv …"):
        assert threading.active_count() == before + 1
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)
    assert terminal.getvalue() == ""


def test_a_script_hears_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = threading.active_count()
    with patience.patience("Writing x.csv …"):
        assert threading.active_count() == before
    assert capsys.readouterr().err == ""
