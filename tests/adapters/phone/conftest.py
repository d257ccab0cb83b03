import warnings
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.adapters.channels.phone.services import TimeLimits
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action
from tests.adapters.channel_kit import Reports, Until, finding_of, live_until, reports_of
from tests.adapters.phone.kit import NtfyStandIn


@pytest.fixture(scope="session", autouse=True)
def _loaded() -> None:
    """Some of Apprise's plug-ins import what is deprecated, which a test would take for a fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from apprise import Apprise

        assert Apprise.instantiate("ntfy://topic")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine is asked itself."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[NtfyStandIn]:
    server = NtfyStandIn()
    yield server
    server.close()


@pytest.fixture
def other_server() -> Iterator[NtfyStandIn]:
    server = NtfyStandIn()
    yield server
    server.close()


@pytest.fixture
def phone(qapp: QCoreApplication) -> Iterator[Phone]:
    """A phone that is less patient than the program's."""
    phone = Phone(
        limits=TimeLimits(connect_s=0.5, whole_s=0.5, pause_s=0.05),
        ask_every_s=0.05,
        ask_s=0.3,
        look_s=0.5,
        parent=qapp,
    )
    yield phone
    phone.close()


@pytest.fixture
def delivered(phone: Phone) -> Reports:
    """All that `phone` reports, as it comes."""
    return reports_of(phone)


@pytest.fixture
def answers(phone: Phone) -> list[Action | None]:
    """All that is answered, as it comes."""
    found: list[Action | None] = []
    phone.on_answer(found.append)
    return found


@pytest.fixture
def until() -> Until:
    """Waits until a condition holds while the program's event loop runs."""
    return live_until


@pytest.fixture
def look(phone: Phone) -> Callable[[], Finding]:
    """What `phone` finds out."""
    return partial(finding_of, phone)
