"""Writes what is recorded to a file: a table, a backup, a page for a doctor, or a calendar."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from backtimer.adapters.atomic import write_atomically
from backtimer.adapters.event_store import SqliteEventStore
from backtimer.adapters.faults import cannot_write
from backtimer.domain.clock import Moment
from backtimer.domain.episode import Episode
from backtimer.domain.errors import DataError, Misused, Refused
from backtimer.domain.events import EpisodeEnded, Event
from backtimer.domain.journal import told
from backtimer.domain.ports import Clock
from backtimer.domain.record import at_home
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr
from backtimer.paths import Folders
from backtimer.services.care import CareService
from backtimer.services.settings import SettingsService

KINDS = (".csv", ".json", ".pdf", ".ics")

Histories = Sequence[Sequence[Event]]


class Exporter:
    """The port `Exporting` of a running program.

    `export` may be called in another thread: what is on disk it reads by itself.
    """

    def __init__(
        self, *, care: CareService, settings: SettingsService, folders: Folders, clock: Clock
    ) -> None:
        self._care = care
        self._settings = settings
        self._folders = folders
        self._clock = clock

    def export(self, file: Path, *, overwrite: bool) -> str:
        """Write all that happened to `file`, also what is not saved yet; see `write_export`."""
        check_kind(file)
        # Asked first: what is written meanwhile is then told twice, and not left out.
        unsaved = self._care.unsaved
        histories = with_unsaved(recorded(self._folders), unsaved)
        now, settings = self._clock.now(), self._settings.current
        return write_export(file, histories, settings, now, overwrite=overwrite)


def recorded(folders: Folders) -> tuple[tuple[Event, ...], ...]:
    """All that is on disk. Raises `DataError` where it cannot be read."""
    with closing(SqliteEventStore.read(folders.record_file)) as store:
        return store.episodes()


def with_unsaved(histories: Histories, unsaved: Sequence[Event]) -> Histories:
    """`histories` and those of `unsaved` that are not in them yet."""
    if not unsaved:
        return histories
    found = [list(each) for each in histories]
    known = set(found[-1]) if found else set()
    for event in (each for each in unsaved if each not in known):
        if not found or isinstance(found[-1][-1], EpisodeEnded):
            found.append([])
        found[-1].append(event)
    return found


def check_kind(file: Path) -> None:
    """Raise `Misused` where the ending of `file` names no kind that is written."""
    if file.suffix.lower() not in KINDS:
        raise Misused(
            tr(
                "Export writes .csv, .json, .pdf and .ics: name the file record.csv or record.json,"
                " for example"
            )
        )


def write_export(
    file: Path, histories: Histories, settings: Settings, now: Moment, *, overwrite: bool
) -> str:
    """Write `histories` to `file` in the format that its ending names, whole or not at all.

    Raises `Misused` for another ending, `Refused` for a file that is there already unless
    `overwrite`, `DataError` where the file cannot be written.
    """
    check_kind(file)
    rendered = _rendered(file.suffix.lower(), histories, settings, now)
    try:
        write_atomically(file, rendered, overwrite=overwrite)
    except FileExistsError as error:
        raise Refused(
            tr("{file} is there already. To replace it, add --force", file=file)
        ) from error
    except OSError as error:
        raise cannot_write(file, error) from error
    except ValueError as error:  # a NUL in the name
        raise Misused(tr("That is no name for a file.")) from error
    return tr("Written: {file}", file=file)


def _rendered(kind: str, histories: Histories, settings: Settings, now: Moment) -> bytes:
    # Imported here, as each export needs one of them.
    if kind == ".json":
        from backtimer.adapters.settings_edit import document_of
        from backtimer.reports import json

        return json.render(histories, document_of(settings)).encode()
    histories = at_home(histories)
    if kind == ".csv":
        from backtimer.reports import csv

        return csv.render(histories, now).encode()
    if kind == ".ics":
        from backtimer.reports import ics

        # Of an episode that is over nothing is planned.
        is_open = bool(histories) and not isinstance(histories[-1][-1], EpisodeEnded)
        return ics.render(_last(histories if is_open else (), settings, now)[0], now)
    return _page(histories, settings, now)


def _page(histories: Histories, settings: Settings, now: Moment) -> bytes:
    """The report on the open episode, or the last one. Raises `DataError`."""
    from backtimer.domain.doctor_report import doctor_report

    try:
        from backtimer.reports import pdf
    except ImportError as error:  # a computer without a screen may not have Qt's libraries
        raise DataError(
            tr("The page cannot be made here: {why}. The .csv file can.", why=error)
        ) from error
    episode, until = _last(histories, settings, now)
    earlier = [told(each, now)[0] for each in histories[:-1]]
    return pdf.render_alone(doctor_report(episode, until, now, earlier), pdf.usual_paper())


def _last(histories: Histories, settings: Settings, now: Moment) -> tuple[Episode, Moment]:
    """The open episode, or the last one."""
    return told(histories[-1] if histories else (), now, settings.rules())
