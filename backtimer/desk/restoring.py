"""Takes a backup back: `import` of the command line, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from backtimer.adapters.faults import cannot_read
from backtimer.adapters.settings_toml import read
from backtimer.domain.errors import DataError, Refused
from backtimer.domain.events import Event
from backtimer.domain.plausible import check
from backtimer.domain.ports import Clock, EventStore
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.reports import json
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService

FILE_MOST = 64 * 1024 * 1024  # bytes: a hundred thousand events are a third of it


class Restoring:
    """Puts a backup in the place of the record and of the settings."""

    def __init__(
        self, *, care: CareService, settings: SettingsService, store: EventStore, clock: Clock
    ) -> None:
        self._care = care
        self._settings = settings
        self._store = store
        self._clock = clock

    def restore(self, file: Path, *, overwrite: bool) -> str:
        """Read the backup `file` and take it over, and say so.

        Raises `Refused` with a pack on, and where the record knows more than the backup unless
        `overwrite`; `DataError` for a file that is none, or that cannot be, and for a disk
        that does not take it. Then nothing has changed.
        """
        self._care.check()
        if self._care.episode.pack:
            raise Refused(tr("Take it off first: backtimer off"))
        if not self._care.is_saved:
            raise DataError(self._care.fault)
        backup = json.parse(_text(file))
        check(backup.events, self._clock.now())
        chosen = self._chosen(backup.settings, file)
        recorded = tuple(chain.from_iterable(self._store.episodes()))
        if not overwrite:
            _refuse_loss(recorded, backup.events)

        def replace_record() -> None:
            if recorded != backup.events:
                self._care.replace(backup.events)

        self._settings.change_along(chosen, replace_record)
        return tr("Restored: {n} entries from {file}.", n=len(backup.events), file=file)

    def _chosen(self, document: json.Document | None, file: Path) -> Settings:
        """The settings of the backup; addresses of the person's phone are in none."""
        now = self._settings.current
        if document is None:
            return now
        settings, problems = read(document, file.name)
        if problems:
            raise DataError(
                tr("{problem} So nothing was read. Use another backup.", problem=problems[0])
            )
        own = {key: now.values[key] for key in json.SECRETS if key in now.values}
        return replace(settings, values={**settings.values, **own})


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(FILE_MOST + 1)
    except OSError as error:
        raise cannot_read(file, error) from error
    if len(content) > FILE_MOST:
        raise DataError(tr("{file} is far too large for a backup of Backtimer.", file=file))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(
            tr("{file} is no backup of Backtimer: it is not UTF-8.", file=file)
        ) from error


def _refuse_loss(recorded: Sequence[Event], backup: Sequence[Event]) -> None:
    kept = set(backup)
    newer = sum(1 for each in recorded if each not in kept)
    if newer:
        raise Refused(
            tr(
                "The record has {n} entries that this backup does not have. To put the backup "
                "in its place anyway, add --replace (a copy of the record is kept).",
                n=newer,
            )
        )
