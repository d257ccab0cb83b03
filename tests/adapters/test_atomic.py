import os
from pathlib import Path

import pytest

from backtimer.adapters.atomic import dated, write_atomically


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.csv"


def test_a_file_is_made_and_replaced_as_a_whole(path: Path) -> None:
    write_atomically(path, b"a long first version")
    write_atomically(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_there_is_replaced_only_when_asked(path: Path) -> None:
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        write_atomically(path, b"other", overwrite=False)
    assert path.read_bytes() == b"mine"
    assert list(path.parent.iterdir()) == [path]


def test_a_file_that_is_not_there_needs_no_asking(path: Path) -> None:
    write_atomically(path, b"new", overwrite=False)
    assert path.read_bytes() == b"new"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows renames instead")
def test_a_disk_that_knows_no_second_names_is_as_careful(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    write_atomically(path, b"first", overwrite=False)
    with pytest.raises(FileExistsError):
        write_atomically(path, b"second", overwrite=False)
    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_a_disk_that_fails_leaves_the_old_file_and_nothing_else(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_bytes(b"old")

    def fail(_: int) -> None:
        raise OSError(5, "the disk failed")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="the disk failed"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_the_content_is_on_disk_before_the_name_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda _: found.append(path.exists()))
    write_atomically(path, b"new")
    assert found == ([False] if os.name == "nt" else [False, True])


def test_a_link_stays_a_link(path: Path) -> None:
    link = path.with_name("link")
    path.write_bytes(b"old")
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_only_its_owner_can_read_it(path: Path) -> None:
    write_atomically(path, b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_dated_name_is_never_taken(path: Path) -> None:
    names = set()
    for _ in range(12):
        name = dated(path)
        assert not name.exists()
        name.touch()
        names.add(name)
    assert len(names) == 12
    assert {(each.parent, each.suffix) for each in names} == {(path.parent, ".csv")}
