"""The log, and bugs that end there instead of in the person's terminal."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backtimer.diagnostics import catch_bugs, log_to

log = logging.getLogger("backtimer")


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log and the hook are the process's: leave them as they were."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    handlers, level = log.handlers[:], log.level
    yield
    for handler in log.handlers[:]:
        if handler not in handlers:
            log.removeHandler(handler)
            handler.close()
    log.setLevel(level)


def bug() -> BaseException:
    with pytest.raises(KeyError) as caught:
        raise KeyError("ice")
    return caught.value


def report(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)


def test_a_bug_goes_to_the_log_with_its_traceback(tmp_path: Path) -> None:
    log_to(tmp_path / "logs" / "backtimer.log")
    told: list[str] = []
    catch_bugs(told.append)
    report(bug())
    text = (tmp_path / "logs" / "backtimer.log").read_text()
    assert "Traceback (most recent call last)" in text
    assert "KeyError: 'ice'" in text
    assert told == ["KeyError: 'ice'"]


def test_ctrl_c_is_no_bug(capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = []
    catch_bugs(told.append)
    report(KeyboardInterrupt())
    assert told == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_where_no_log_can_be_the_program_runs_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    before = log.handlers[:]
    log_to(tmp_path / "file" / "backtimer.log")
    assert log.handlers == before


def test_a_log_does_not_grow_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backtimer.diagnostics.LOG_BYTES", 1000)
    log_to(tmp_path / "backtimer.log")
    for n in range(200):
        log.info("line %s", n)
    files = list(tmp_path.iterdir())
    assert len(files) == 4
    assert all(each.stat().st_size <= 1000 for each in files)


def test_a_log_is_begun_with_the_first_line(tmp_path: Path) -> None:
    log_to(tmp_path / "backtimer.log")
    assert list(tmp_path.iterdir()) == []
