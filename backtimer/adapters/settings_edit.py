"""Settings into the text of a TOML document, of which everything else stays as it was."""

from collections.abc import Mapping
from typing import Any

from backtimer.adapters.settings_toml import GENERAL, LENGTHS, VERSION, by_protocol
from backtimer.domain.library import ICE_THEN_HEAT
from backtimer.domain.setting import Value
from backtimer.domain.settings import Settings

_NO_DEFAULT = object()

Toml = Any  # a document or table of tomlkit, whose kinds have no type in common
Wanted = dict[str, tuple[object, object]]  # for each key its value and its default


def written(settings: Settings, text: str = "", document: Mapping[str, Any] | None = None) -> str:
    """`text` with `settings` in it; `document` is what the standard library reads in `text`.

    A key is written when it is not its default, or was there before.
    """
    import tomlkit  # only who saves pays for it

    old = document or {}
    new = tomlkit.parse(text)
    _put(new, old, _general(settings))
    for key, own in by_protocol(settings).items():
        tables = old.get("protocols")
        was = tables.get(key) if isinstance(tables, dict) else None
        before = was if isinstance(was, dict) else {}
        wanted = _of_protocol(own)
        if any(name in before or value != default for name, (value, default) in wanted.items()):
            _put(_table(new, key), before, wanted)
    return tomlkit.dumps(new)


def document_of(settings: Settings) -> dict[str, Any]:
    """`settings` as the standard library reads them from a new file."""
    import tomllib

    return tomllib.loads(written(settings))


def _general(settings: Settings) -> Wanted:
    wanted: Wanted = {
        "version": (VERSION, _NO_DEFAULT),
        "protocol": (settings.protocol, ICE_THEN_HEAT.key),
    }
    for each in GENERAL:
        wanted[each.key] = (_plain(settings.get(each.key)), _plain(each.default))
    return wanted


def _of_protocol(settings: Settings) -> Wanted:
    wanted: Wanted = {}
    if copy := settings.copies.get(settings.protocol):
        wanted |= {"name": (copy.name, _NO_DEFAULT), "copy_of": (copy.course, _NO_DEFAULT)}
    for each in LENGTHS:
        wanted[each.key] = (settings.get(each.key), settings.default(each.key))
    return wanted


def _put(new: Toml, old: Mapping[str, Any], wanted: Wanted) -> None:
    for key, (value, default) in wanted.items():
        if key in old:
            # True is 1 in Python, but not in TOML.
            is_other = type(old[key]) is not type(value) or old[key] != value
        else:
            is_other = value != default
        if is_other:
            new[key] = value


def _table(new: Toml, key: str) -> Toml:
    """The table of the protocol `key`, made where there is none."""
    import tomlkit

    if not _has_table(new, "protocols"):
        new["protocols"] = tomlkit.table(is_super_table=True)
    tables = new["protocols"]
    if not _has_table(tables, key):
        is_inline = isinstance(tables, tomlkit.items.InlineTable)
        tables[key] = tomlkit.inline_table() if is_inline else tomlkit.table()
    return tables[key]


def _has_table(new: Toml, key: str) -> bool:
    return isinstance(new.get(key), Mapping)


def _plain(value: Value) -> object:
    return list(value) if isinstance(value, tuple) else value
