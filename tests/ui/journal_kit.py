"""A journal page of its own, on a clock moved by hand, and what writes its files by hand."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from backtimer.domain import commands as cmd
from backtimer.domain.errors import DataError
from backtimer.domain.events import CardAnswer, Topic
from backtimer.domain.settings import Settings
from backtimer.services.care import CareService
from backtimer.ui.pages.journal import JournalPage
from backtimer.ui.theme import Theme
from tests.fakes import HandClock, MemoryStore


@dataclass
class HandExporting:
    """The port `Exporting`: what was asked for, in which thread; `fault` is raised."""

    files: list[Path] = field(default_factory=list)
    threads: list[int] = field(default_factory=list)
    fault: str = ""

    def export(self, file: Path, *, overwrite: bool) -> str:
        assert overwrite, "the dialog has asked"
        self.threads.append(threading.get_ident())
        if self.fault:
            raise DataError(self.fault)
        self.files.append(file)
        return f"Written: {file}"


@dataclass(frozen=True)
class Desk:
    """The page with a life behind it."""

    clock: HandClock
    store: MemoryStore
    care: CareService
    page: JournalPage

    def wait(self, minutes: float) -> None:
        self.clock.pass_min(minutes)
        self.care.check()

    def rate(self, nrs: int, note: str = "") -> None:
        self.wait(1)
        self.care.do(cmd.RatePain(nrs=nrs, note=note))

    def log(self, topic: Topic, text: str = "") -> None:
        self.wait(1)
        self.care.do(cmd.Log(topic=topic, text=text))

    def hold(self, minutes: float = 20) -> None:
        self.care.do(cmd.Start(card=CardAnswer.NONE_OF_THESE))
        self.wait(minutes)
        self.care.do(cmd.Off())

    def rows(self) -> list[str]:
        """What the table says, the columns with bars between them."""
        model = self.page.table_card.table.journal
        return [
            " | ".join(str(model.index(row, column).data()) for column in range(4))
            for row in range(model.rowCount())
        ]

    def choose(self, row: int) -> None:
        self.page.table_card.table.selectRow(row)

    def press(self, key: Qt.Key, *, on: QWidget | None = None) -> None:
        QTest.keyClick(on or self.page.table_card.table, key)
        QApplication.processEvents()

    def dialog(self) -> QDialog | None:
        found = [each for each in self.page.window().findChildren(QDialog) if each.isVisible()]
        return found[-1] if found else None

    @property
    def said(self) -> str:
        return self.page.banner.accessibleName() if self.page.banner.isVisible() else ""


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    font, palette = qapp.font(), qapp.palette()
    clock, store = HandClock(), MemoryStore()
    care = CareService(store=store, clock=clock, rules=Settings().rules())
    page = JournalPage(Theme(qapp), care=care, clock=clock)
    page.resize(876, 640)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    yield Desk(clock=clock, store=store, care=care, page=page)
    page.files.finish()
    qapp.setFont(font)
    qapp.setPalette(palette)
