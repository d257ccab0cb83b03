"""The file in which settings are kept, and that a person may edit too."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from backtimer.adapters.atomic import OWN_FOLDER, dated, write_atomically
from backtimer.adapters.faults import cannot_read, cannot_write, newer_file
from backtimer.adapters.settings_toml import is_newer, read, same
from backtimer.domain.errors import DataError
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr

if TYPE_CHECKING:
    from backtimer.adapters.settings_salvage import Understood


class SettingsFile:
    """The settings in the TOML file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[Settings, list[str]]:
        """The settings, and a sentence for each thing that is wrong with the file.

        What is wrong has its default; nothing is written. Raises `DataError` for a file that
        cannot be read or is of a newer version.
        """
        content = self._content()
        if not content:
            return Settings(), []
        settings, problems = self._read(_understood(content))
        return settings, [*problems, self._kept()] if problems else []

    def mend(self) -> tuple[Settings, list[str]]:
        """As `load`, but of a file with something wrong only what is right stays.

        The old one is kept under a name with its date, which a sentence tells. Where that
        cannot be done the file is as it was, and a sentence tells why. Raises `DataError` as
        `load` does.
        """
        content = self._content()
        if not content:
            return Settings(), []
        settings, problems = self._read(_understood(content))
        text, is_lossless = self._new(content, settings)
        if problems and not is_lossless:
            try:
                kept = self._replace(content, text)
                problems.append(tr("The old file is kept as {kept}.", kept=kept))
            except DataError as error:
                problems.append(str(error))
        return settings, problems

    def save(self, settings: Settings) -> None:
        """Write `settings` into the file; they are on disk when this returns.

        Comments, order and unknown keys survive. A file of which something wrong is replaced
        is kept under a name with its date. Raises `DataError`; then the file is as it was.
        """
        content = self._content()
        text, is_lossless = self._new(content, settings)
        self._replace(None if is_lossless else content, text)

    def _replace(self, old: bytes | None, text: str) -> Path | None:
        """Write `text`, after `old` where there is some; returns the name under which it is."""
        kept = None
        try:
            self._path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
            if old:
                kept = dated(self._path)
                write_atomically(kept, old, overwrite=False)
            write_atomically(self._path, text.encode())
        except OSError as error:
            if kept:
                with suppress(OSError):
                    kept.unlink()  # the file is as it was
            raise cannot_write(self._path, error) from error
        return kept

    def _new(self, content: bytes | None, settings: Settings) -> tuple[str, bool]:
        """The text to write, and whether it keeps all that was in the file."""
        from backtimer.adapters.settings_edit import written

        if not content:
            return written(settings), True
        found = _understood(content)
        _, problems = self._read(found)
        try:
            text = written(settings, found.text, found.document)
            kept, remaining = self._read(_understood(text.encode()))
        except (ValueError, TypeError, LookupError, RecursionError):
            return written(settings), False  # tomlkit fails on some TOML that is allowed
        if not same(kept, settings):
            return written(settings), False
        return text, problems == remaining

    def _content(self) -> bytes | None:
        try:
            return self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise cannot_read(self._path, error) from error

    def _read(self, found: "Understood") -> tuple[Settings, list[str]]:
        if is_newer(found.document):
            raise newer_file(self._path)
        settings, problems = read(found.document, self._path.name)
        faults = [self._no_toml(each) for each in found.faults]
        return settings, [*faults, *problems]

    def _no_toml(self, why: str) -> str:
        return tr(
            "{file} is not the TOML it should be ({why}). What can be read of it is used.",
            file=self._path,
            why=why,
        )

    def _kept(self) -> str:
        return tr(
            "Before any of that is replaced, {file} is kept under a name with the date.",
            file=self._path.name,
        )


def _understood(content: bytes) -> "Understood":
    # Not needed as long as every setting is as it comes.
    from backtimer.adapters.settings_salvage import understood

    return understood(content)
