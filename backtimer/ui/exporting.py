"""Asks for a file and has the record written there, while the window goes on."""

import threading
from contextlib import suppress
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from backtimer.domain.errors import BacktimerError
from backtimer.domain.ports import Exporting
from backtimer.domain.words import tr

KINDS = {
    "csv": tr("Table for a spreadsheet (*.csv)"),
    "json": tr("Backup of everything (*.json)"),
    "pdf": tr("Report for my doctor (*.pdf)"),
    "ics": tr("Plan for a calendar (*.ics)"),
}


class FileExport(QObject):
    """`ask(kinds)` shows the file dialog, `write(file)` writes; one file at a time.

    Signals: `begun()`; `done(str)` and `failed(str)`, each with a sentence.
    """

    begun = Signal()
    done = Signal(str)
    failed = Signal(str)
    _written = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._exporting: Exporting | None = None
        self._writer: threading.Thread | None = None
        self._dialog: QFileDialog | None = None
        self._written.connect(self._on_written)

    def give(self, exporting: Exporting) -> None:
        """Write with `exporting` from now on."""
        self._exporting = exporting

    @property
    def can_write(self) -> bool:
        """Whether there is something to write with, and nothing is being written."""
        return self._exporting is not None and self._writer is None

    @property
    def dialog(self) -> QFileDialog | None:
        """The file dialog while it is open."""
        return self._dialog

    def ask(self, day: date, *kinds: str) -> None:
        """Let the person choose a file of one of `kinds`, and write it."""
        dialog = QFileDialog(self._window.window(), tr("Export"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([KINDS[each] for each in kinds])
        dialog.setDirectory(str(Path.home()))
        dialog.selectFile(f"backtimer-{day.isoformat()}.{kinds[0]}")
        dialog.setDefaultSuffix(kinds[0])
        dialog.filterSelected.connect(self._on_filter)
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.finished.connect(self._on_closed)
        self._dialog = dialog
        dialog.open()

    def write(self, file: Path) -> None:
        """Write `file`, which may be there already: the dialog has asked about that."""
        if self._exporting is None or self._writer is not None:
            return
        self.begun.emit()
        # No daemon: a program that is closed meanwhile waits until the file is whole.
        self._writer = threading.Thread(target=self._write, args=(self._exporting, file))
        self._writer.start()

    def finish(self) -> None:
        """Wait for what is being written."""
        if self._writer:
            self._writer.join()

    def _write(self, exporting: Exporting, file: Path) -> None:
        """Write it, in a thread of its own."""
        told, fault = "", ""
        try:
            told = exporting.export(file, overwrite=True)
        except BacktimerError as error:
            fault = str(error)
        with suppress(RuntimeError):  # the window is gone already
            self._written.emit(told, fault)

    def _on_filter(self, chosen: str) -> None:
        if self._dialog is None:
            return
        kind = next(key for key, words in KINDS.items() if words == chosen)
        self._dialog.setDefaultSuffix(kind)
        for each in self._dialog.selectedFiles()[:1]:
            name = Path(each).with_suffix(f".{kind}").name
            self._dialog.selectFile(name)

    def _on_closed(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
        self._dialog = None

    def _on_written(self, told: str, fault: str) -> None:
        self._writer = None
        if fault:
            self.failed.emit(fault)
        else:
            self.done.emit(told)
