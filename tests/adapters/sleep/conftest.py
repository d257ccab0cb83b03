import gc
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from backtimer.adapters.sleep.logind_inhibitor import LogindInhibitor
from tests.adapters.channel_kit import Until
from tests.adapters.sleep.kit import Heard, MortalBus

if TYPE_CHECKING:
    from tests.adapters.logind_stand_in import StandIn

# They need jeepney, which is installed on Linux only.
collect_ignore_glob = [] if sys.platform == "linux" else ["test_logind_*.py"]


@pytest.fixture(autouse=True)
def _no_collector_in_the_thread() -> Iterator[None]:
    """As in the program: what earlier tests left is not collected in a thread without Qt."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def absent_logind(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["StandIn"]:
    """A logind that is not started yet, on a system bus of one's own."""
    from tests.adapters.logind_stand_in import StandIn

    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus)
    logind = StandIn(bus, tmp_path)
    yield logind
    logind.stop()


@pytest.fixture
def logind(absent_logind: "StandIn", until: Until) -> "StandIn":
    """A logind that runs."""
    absent_logind.start()
    until(lambda: absent_logind.is_ready)
    return absent_logind


@pytest.fixture
def inhibitor(qapp: QCoreApplication) -> Iterator[LogindInhibitor]:
    inhibitor = LogindInhibitor(parent=qapp)
    yield inhibitor
    inhibitor.close()
    assert not inhibitor._thread._thread.is_alive()


@pytest.fixture
def heard(inhibitor: LogindInhibitor, qtbot: QtBot) -> Heard:
    return Heard(inhibitor, qtbot)


@pytest.fixture
def mortal_bus(bus: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MortalBus]:
    assert bus
    mortal = MortalBus(tmp_path)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", mortal.address)
    mortal.start()
    yield mortal
    mortal.kill()
