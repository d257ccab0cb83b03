"""Whole files, written so that a reader finds the old or the new one and never a half."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

# A diary of pain is nobody else's business.
OWN_FILE = 0o600
OWN_FOLDER = 0o700
_DRAFT_S = 3600  # nothing takes that long to be written


def write_atomically(path: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Make `data` the content of the file `path`; it is on disk when this returns.

    Only this user can read it. A link is followed: the file it names is written. Raises
    OSError, of which FileExistsError when there is a file already and not `overwrite`; then
    nothing has changed.
    """
    target = Path(os.path.realpath(path))
    # The process id keeps two writers out of each other's half-written file.
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, OWN_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            draft.replace(target)
        else:
            put_in_place(draft, target)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
    sync_folder(target.parent)


def put_in_place(draft: Path, target: Path) -> None:
    """Give `draft` the name `target`. Raises FileExistsError when that name is taken."""
    if os.name == "nt":
        draft.rename(target)  # refuses a taken name on Windows, and only there
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems know no second name: look, then rename.
        if target.exists():
            raise FileExistsError(str(target)) from None
        draft.rename(target)
    else:
        draft.unlink()


def second_name(source: Path, target: Path) -> None:
    """Have the content of `source` under the free name `target` too, on disk. Raises OSError."""
    with suppress(OSError):  # some file systems know no second name
        os.link(source, target)
        return
    import shutil  # slow to import, and seldom needed

    try:
        shutil.copyfile(source, target)
        target.chmod(OWN_FILE)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            target.unlink()
        raise


def forget_drafts(folder: Path, pattern: str) -> None:
    """Remove the files like `pattern` that a killed program left in `folder` an hour ago."""
    for each in folder.glob(pattern):
        with suppress(OSError):
            # The clock may have been set: an age below zero is none either.
            if abs(time.time() - each.stat().st_mtime) > _DRAFT_S:
                each.unlink()


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on disk too, where the system can do that."""
    if os.name == "nt":
        return
    with suppress(OSError):  # some file systems cannot sync a folder; the file itself is safe
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def dated(path: Path) -> Path:
    """A name beside `path` that tells the present date and is not taken yet."""
    stamp = datetime.now(tz=UTC).astimezone().strftime("%Y-%m-%dT%H%M%S")
    names = (
        path.with_name(f"{path.stem}.{stamp}{'' if n == 1 else f'-{n:02}'}{path.suffix}")
        for n in count(1)
    )
    return next(each for each in names if not each.exists())


_BINARY = getattr(os, "O_BINARY", 0)
