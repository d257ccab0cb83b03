"""The domain is plain Python: the standard library and nothing else, nor a clock of its own."""

import ast
import importlib
import sys
from pathlib import Path

import pytest

import backtimer.domain

MODULES = sorted(Path(backtimer.domain.__path__[0]).glob("**/*.py"))
# Slow to import, or the outside world.
UNWANTED = {"asyncio", "inspect", "logging", "os", "sqlite3", "time", "zoneinfo"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=aliases):
                names |= {each.name for each in aliases}
            case ast.ImportFrom(module=module, level=level):
                assert level == 0
                assert module
                names.add(module)
            case _:
                pass
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_domain_imports_only_the_standard_library_and_itself(path: Path) -> None:
    for name in imported(path):
        top = name.partition(".")[0]
        assert name.startswith("backtimer.domain") or top in sys.stdlib_module_names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_domain_imports_nothing_slow_and_never_asks_the_time(path: Path) -> None:
    assert not {name.partition(".")[0] for name in imported(path)} & UNWANTED
    asked = {".now(", ".today(", ".utcnow("}
    assert not [each for each in asked if f"datetime{each}" in path.read_text("utf-8")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_every_module_can_be_imported_and_says_what_belongs_in_it(path: Path) -> None:
    name = "" if path.stem == "__init__" else f".{path.stem}"
    module = importlib.import_module(f"backtimer.domain{name}")
    assert module.__doc__
