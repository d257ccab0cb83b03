"""Settings out of a TOML document: which key stands where, and what a wrong value becomes.

Only the standard library, because this happens at each start.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any

from backtimer.domain.declared import DECLARED
from backtimer.domain.errors import BacktimerError
from backtimer.domain.library import ICE_THEN_HEAT, PROTOCOLS
from backtimer.domain.setting import Kind, Setting, Value
from backtimer.domain.settings import COPY_NAME_MOST, Copy, Settings, copy_key
from backtimer.domain.words import tr

VERSION = 1

GENERAL = tuple(each for each in DECLARED.values() if not each.per_protocol)
LENGTHS = tuple(each for each in DECLARED.values() if each.per_protocol)
_MISSING = object()


def is_newer(document: Mapping[str, Any]) -> bool:
    """Whether a later version of this program wrote `document`."""
    version = document.get("version", VERSION)
    return isinstance(version, int) and version > VERSION


def read(document: Mapping[str, Any], file: str) -> tuple[Settings, list[str]]:
    """The settings in `document`, and a sentence for each value in `file` that is not used."""
    return _Reader(document, file).result()


def same(one: Settings, other: Settings) -> bool:
    """Whether both choose the same, however much of it is said."""
    return _chosen(one) == _chosen(other)


def by_protocol(settings: Settings) -> dict[str, Settings]:
    """For each protocol that there is, `settings` with that one chosen: its lengths are theirs."""
    return {key: replace(settings, protocol=key) for key in (*PROTOCOLS, *settings.copies)}


def _chosen(settings: Settings) -> tuple[object, ...]:
    values = [settings.get(each.key) for each in GENERAL]
    lengths = {
        key: [own.get(each.key) for each in LENGTHS] for key, own in by_protocol(settings).items()
    }
    return settings.protocol, values, lengths, dict(settings.copies)


class _Reader:
    """Goes through a document once and collects what is wrong with it."""

    def __init__(self, document: Mapping[str, Any], file: str) -> None:
        self._document = document
        self._file = file
        self._problems: list[str] = []

    def result(self) -> tuple[Settings, list[str]]:
        self._check_version()
        tables = self._tables()
        settings = Settings(copies=self._copies(tables))
        for setting in GENERAL:
            value = self._value(setting, self._document, "", setting.default)
            if value is not None:
                settings = replace(settings, values={**settings.values, setting.key: value})
        settings = replace(settings, lengths=self._lengths(settings, tables))
        self._point_out_lost_lengths()
        return replace(settings, protocol=self._protocol(settings)), self._problems

    def _check_version(self) -> None:
        version = self._document.get("version", VERSION)
        if type(version) is not int or version != VERSION:
            self._wrong("version", tr("it can be: {n}.", n=VERSION), str(VERSION))

    def _tables(self) -> dict[str, Mapping[str, Any]]:
        tables = self._document.get("protocols", {})
        if not isinstance(tables, dict):
            self._wrong("protocols", tr("it should be tables."), tr("nothing"))
            return {}
        for key, table in tables.items():
            if not isinstance(table, dict):
                self._wrong(f"protocols.{key}", tr("it should be a table."), tr("nothing"))
        return {key: table for key, table in tables.items() if isinstance(table, dict)}

    def _copies(self, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Copy]:
        copies = {}
        for key, table in tables.items():
            if key in PROTOCOLS or "copy_of" not in table:
                continue
            name, course = table.get("name", key), table["copy_of"]
            if not isinstance(course, str) or course not in PROTOCOLS:
                why = tr("it can be a copy of: {known}.", known=", ".join(PROTOCOLS))
                self._wrong(f"protocols.{key}.copy_of", why, tr("nothing"))
            elif copy_key(key) != key:
                why = tr("a key has small letters, digits and dashes.")
                self._wrong(f"protocols.{key}", why, tr("nothing"))
            else:
                copies[key] = Copy(name=self._name(key, name), course=course)
        return copies

    def _name(self, key: str, name: object) -> str:
        if isinstance(name, str) and copy_key(name) and len(name) <= COPY_NAME_MOST:
            return name
        why = tr("a name has 1–{most} letters or digits.", most=COPY_NAME_MOST)
        self._wrong(f"protocols.{key}.name", why, key)
        return key

    def _lengths(
        self, settings: Settings, tables: Mapping[str, Mapping[str, Any]]
    ) -> dict[tuple[str, str], int]:
        lengths = {}
        for key, own in by_protocol(settings).items():
            for setting in LENGTHS:
                table, default = tables.get(key, {}), own.default(setting.key)
                value = self._value(setting, table, f"protocols.{key}.", default)
                if isinstance(value, int):
                    lengths[key, setting.key] = value
        return lengths

    def _protocol(self, settings: Settings) -> str:
        protocol = self._document.get("protocol", ICE_THEN_HEAT.key)
        known = (*PROTOCOLS, *settings.copies)
        if protocol in known:
            return str(protocol)
        why = tr("it can be: {known}.", known=", ".join(known))
        self._wrong("protocol", why, ICE_THEN_HEAT.key)
        return ICE_THEN_HEAT.key

    def _point_out_lost_lengths(self) -> None:
        for setting in LENGTHS:
            if setting.key in self._document:
                why = tr("it belongs under [protocols.{key}].", key=ICE_THEN_HEAT.key)
                self._problems.append(self._at(setting.key, why))

    def _value(
        self, setting: Setting, table: Mapping[str, Any], place: str, default: Value
    ) -> Value | None:
        """The value of `setting` in `table`; None where there is none, or a wrong one."""
        raw = table.get(setting.key, _MISSING)
        if raw is _MISSING:
            return None
        try:
            return setting.check(_plain(setting, raw))
        except BacktimerError as error:
            why = str(error)
        except (TypeError, ValueError):  # a table for a word, a number too long to be printed
            why = tr("it can be: {possible}.", possible=setting.possible())
        self._wrong(f"{place}{setting.key}", why, setting.text(default) or tr("nothing"))
        return None

    def _wrong(self, place: str, why: str, used: str) -> None:
        told = self._at(place, why)
        self._problems.append(tr("{told} Used instead: {used}.", told=told, used=used))

    def _at(self, place: str, why: str) -> str:
        return tr("{file}, {place}: {why}", file=self._file, place=place, why=why)


def _plain(setting: Setting, raw: object) -> object:
    """`raw` in the form in which `setting` checks it."""
    if setting.kind is Kind.TIME and isinstance(raw, time):
        return f"{raw:%H:%M}"  # TOML has times of its own: 22:30:00 without quotes
    return raw
