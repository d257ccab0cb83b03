"""What the tests of the record have in common: opening it, damaging it, folders and disks."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from backtimer.adapters.event_store import SqliteEventStore
from backtimer.domain.errors import DataError
from backtimer.domain.events import Event

NOBODY = 65534
is_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can do this to a folder"
)


@contextmanager
def opened_store(path: Path, busy_s: float = 2.0) -> Iterator[SqliteEventStore]:
    with closing(SqliteEventStore(path, busy_s=busy_s)) as store:
        yield store


def written(path: Path, *batches: tuple[Event, ...]) -> None:
    with opened_store(path) as store:
        store.episodes()
        for each in batches:
            store.append(each)


def told_by(path: Path, *events: Event, **how: Any) -> list[str]:
    """What the person is told when the record is opened to append `events` and to be read."""
    told: list[str] = []
    with closing(SqliteEventStore(path, on_rescue=told.append, **how)) as store:
        store.append(events)
        store.episodes()
    return told


def open_to_write(path: Path, **how: Any) -> None:
    """Have the record begun or brought up to date; fails where it cannot be written."""
    with closing(SqliteEventStore(path, **how)) as store, store._using():
        pass


def aside(path: Path) -> list[Path]:
    """The damaged records that are kept beside the record, without what belongs to them."""
    return sorted(path.parent.glob(f"{path.stem}.*{path.suffix}"))


def read(path: Path) -> tuple[tuple[Event, ...], ...]:
    with closing(SqliteEventStore.read(path)) as record:
        return record.episodes()


def files(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def refused(open_it: Callable[[], object]) -> str:
    with pytest.raises(DataError) as caught:
        open_it()
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    assert "\n" not in sentence
    return sentence


@contextmanager
def as_nobody() -> Iterator[None]:
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def folder_open_to_all() -> Iterator[Path]:
    """A folder that every user can enter: pytest's own are its user's alone."""
    folder = Path("/tmp") / f"backtimer-test-{os.getpid()}"  # noqa: S108 - made and removed here
    folder.mkdir()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "none", str(folder)]
    if (
        not shutil.which("mount")
        or subprocess.run(mount, capture_output=True, check=False).returncode
    ):
        pytest.skip("this machine does not let the test mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, *, leave: int = 0) -> Path:
    """A file that takes all of the disk but `leave` bytes."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    os.truncate(filler, filler.stat().st_size - leave)
    return filler
