"""The table of docs/care.md is whole: every place and every test in it is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (ROOT / "docs" / "care.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| the advice")
]
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.MULTILINE)
}


def test_there_is_a_row_for_each_statement() -> None:
    assert len(ROWS) == 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_no_cell_is_empty_and_what_it_names_is_there(row: list[str]) -> None:
    assert len(row) == 4
    assert all(row)
    _, _, where, test = row
    first = where.split("`")[1]
    folder = ROOT if first.startswith("resources") else ROOT / "backtimer"
    assert (folder / first).exists()
    assert set(re.findall(r"`(\w+)`", test)) <= TESTS
