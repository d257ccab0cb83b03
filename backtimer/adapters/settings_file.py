"""The file in which settings are kept, and that a person may edit too: `load` and `save`."""

from pathlib import Path
from typing import Any

from backtimer.adapters.atomic import OWN_FOLDER, dated, write_atomically
from backtimer.adapters.faults import cannot_read, cannot_write, newer_file
from backtimer.adapters.settings_toml import is_newer, read, same
from backtimer.domain.settings import Settings
from backtimer.domain.words import tr

_WHY_MOST = 120


class SettingsFile:
    """The settings in the TOML file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> tuple[Settings, list[str]]:
        """The settings, and a sentence for each thing that is wrong with the file.

        What is wrong has its default. Raises `DataError` for a file that cannot be read or is
        of a newer version.
        """
        content = self._content()
        if content is None:
            return Settings(), []
        try:
            document = _parsed(content)
        except ValueError as error:
            return Settings(), [self._no_toml(error), self._kept()]
        settings, problems = self._read(document)
        return settings, [*problems, self._kept()] if problems else []

    def save(self, settings: Settings) -> None:
        """Write `settings` into the file; they are on disk when this returns.

        Comments, order and unknown keys survive. A file of which something wrong is replaced
        is kept under a name with its date. Raises `DataError`; then the file is as it was.
        """
        content = self._content()
        text, is_lossless = self._new(content, settings)
        try:
            self._path.parent.mkdir(mode=OWN_FOLDER, parents=True, exist_ok=True)
            if content and not is_lossless:
                write_atomically(dated(self._path), content, overwrite=False)
            write_atomically(self._path, text.encode())
        except OSError as error:
            raise cannot_write(self._path, error) from error

    def _new(self, content: bytes | None, settings: Settings) -> tuple[str, bool]:
        """The text to write, and whether it keeps all that was in the file."""
        from backtimer.adapters.settings_edit import written

        if content is None:
            return written(settings), True
        try:
            document = _parsed(content)
        except ValueError:
            return written(settings), False
        _, problems = self._read(document)
        try:
            text = written(settings, _text(content), document)
            kept, remaining = read(_parsed(text.encode()), self._path.name)
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

    def _read(self, document: dict[str, Any]) -> tuple[Settings, list[str]]:
        if is_newer(document):
            raise newer_file(self._path)
        return read(document, self._path.name)

    def _no_toml(self, error: ValueError) -> str:
        return tr(
            "{file} is not the TOML it should be ({why}). The defaults are used instead.",
            file=self._path,
            why=str(error)[:_WHY_MOST],
        )

    def _kept(self) -> str:
        return tr(
            "Before any of that is replaced, {file} is kept under a name with the date.",
            file=self._path.name,
        )


def _parsed(content: bytes) -> dict[str, Any]:
    """The TOML document in `content`. Raises ValueError for anything else."""
    import tomllib  # not needed as long as every setting is as it comes

    try:
        return tomllib.loads(_text(content))
    except UnicodeDecodeError as error:
        raise ValueError(tr("it is not UTF-8")) from error
    except RecursionError as error:
        raise ValueError(tr("it is nested too deep")) from error


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")  # Windows editors put a mark at the beginning
