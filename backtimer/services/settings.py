"""Keeps the person's settings: checks, saves and announces each change."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from backtimer.domain.declared import declared
from backtimer.domain.settings import Settings


class SettingsStore(Protocol):
    """Where settings are kept."""

    def save(self, settings: Settings) -> None:
        """Write `settings`; they are on disk when this returns. Raises `DataError`."""


class SettingsService(QObject):
    """The settings that are in force. `changed(Settings)` after each change.

    Every method that changes something raises `Misused` or `Refused` for what cannot be, and
    `DataError` when it could not be saved; then nothing has changed.
    """

    changed = Signal(object)

    def __init__(self, *, store: SettingsStore, settings: Settings) -> None:
        super().__init__()
        self._store = store
        self._settings = settings

    @property
    def current(self) -> Settings:
        return self._settings

    def set(self, key: str, value: object) -> None:
        """Set `key` to `value`."""
        self._adopt(self._settings.with_value(key, value))

    def set_text(self, key: str, text: str) -> None:
        """Set `key` to what `text` says on the command line."""
        self.set(key, declared(key).parse(text))

    def change(self, changed: Callable[[Settings], Settings]) -> None:
        """Replace the settings by what `changed` makes of them."""
        self._adopt(changed(self._settings))

    def change_along(self, settings: Settings, act: Callable[[], None]) -> None:
        """Take over `settings` and have `act` done: both, or none where either raises."""
        self._store.save(settings)
        try:
            act()
        except BaseException:
            self._store.save(self._settings)
            raise
        self._settings = settings
        self.changed.emit(settings)

    def _adopt(self, settings: Settings) -> None:
        if settings != self._settings:
            self._store.save(settings)
            self._settings = settings
            self.changed.emit(settings)
