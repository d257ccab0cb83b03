import time
import warnings
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from backtimer.adapters.channels.phone.channel import Phone
from backtimer.adapters.channels.phone.services import TimeLimits
from backtimer.domain.ports import Delivery
from backtimer.domain.reach import Finding
from backtimer.domain.view import Action
from tests.adapters.phone.kit import NtfyStandIn, Until


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
def delivered(phone: Phone) -> list[tuple[Delivery, str]]:
    """All that `phone` reports, as it comes."""
    found: list[tuple[Delivery, str]] = []
    phone.on_delivery(lambda *each: found.append(each))
    return found


@pytest.fixture
def answers(phone: Phone) -> list[Action | None]:
    """All that is answered, as it comes."""
    found: list[Action | None] = []
    phone.on_answer(found.append)
    return found


@pytest.fixture
def until(qapp: QCoreApplication) -> Until:
    """Waits until a condition holds while the program's event loop runs."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 20
        while not condition():
            assert time.monotonic() < deadline, "it did not come to pass"
            qapp.processEvents()
            time.sleep(0.002)

    return wait


@pytest.fixture
def look(phone: Phone, until: Until) -> Callable[[], Finding]:
    """What `phone` finds out."""

    def probe() -> Finding:
        found: list[Finding] = []
        phone.probe(found.extend)
        until(lambda: found)
        return found[0]

    return probe
