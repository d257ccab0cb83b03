"""The command line: understands the words, asks the running program, prints its answer.

A command must be quick, so what is imported here at the top is small: no Qt, no domain.
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from backtimer.arguments import parse, request
from backtimer.exits import DONE, MISUSED, NO_DATA, NOT_RUNNING
from backtimer.paths import Folders, chosen_folder, demo_folder, one_folder, usual_folders

OFFLINE = ("status", "config", "protocol", "export", "pain")


def run(arguments: Sequence[str]) -> int:
    """Do what `arguments` say and return the exit status of `interface`: 0 to 4.

    Raises SystemExit with that status for words that are not understood.
    """
    _print_anything()
    try:
        options = parse(arguments)
        if options.command is None:
            return _open(options)
        return _command(options)
    except KeyboardInterrupt:
        return DONE
    except BrokenPipeError:
        # Whoever read the output has seen enough.
        _print_nothing()
        return DONE


def _print_anything() -> None:
    """Put a “?” where the terminal has no such letter, rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _print_nothing() -> None:
    """Nothing may be printed at exit either."""
    sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115


def _folders(options: argparse.Namespace) -> Folders:
    named = getattr(options, "data_dir", None) or chosen_folder()
    if named is not None:
        return one_folder(_whole(named))
    return one_folder(demo_folder()) if hasattr(options, "speed") else usual_folders()


def _whole(path: Path) -> Path:
    """`path` from the root on. Says what is wrong and raises SystemExit where there is none."""
    try:
        return path.expanduser().absolute()
    except (RuntimeError, OSError):  # no such user, or the folder one is in was removed
        print(f"{path} leads nowhere. Write it in full, from / on.", file=sys.stderr)
        raise SystemExit(MISUSED) from None


# --- commands ------------------------------------------------------------------------------


def _command(options: argparse.Namespace) -> int:
    folders = _folders(options)
    if options.command == "export":
        return _export(folders, _whole(options.file), overwrite=options.force)
    if options.command == "import":
        options.file = _whole(options.file)
    asked = request(options)
    if options.command == "check":
        return _checked(folders, asked)
    reply = _asked(folders, asked)
    if reply is None:
        if options.command not in OFFLINE:
            print("Backtimer is not running. To start it: backtimer", file=sys.stderr)
            return NOT_RUNNING
        reply = _answered_offline(folders, asked)
    return _told(reply)


def _checked(folders: Folders, asked: dict[str, Any]) -> int:
    """Tell what works; then, where somebody sits at this terminal, ring and have them say."""
    ears = None

    def ask(words: dict[str, Any]) -> dict[str, Any]:
        nonlocal ears
        if ears is None and (reply := _asked(folders, asked | {"words": words})) is not None:
            return reply
        from backtimer.checking import Checking
        from backtimer.desk.requests import failed
        from backtimer.domain.errors import BacktimerError

        try:
            ears = ears or Checking(folders)
        except BacktimerError as error:
            return dict(failed(error))
        return dict(ears.answer(words))

    try:
        status = _told(ask(asked["words"]))
        if not asked["words"].get("json") and sys.stdin.isatty() and sys.stdout.isatty():
            status = _tried(ask) or status
        return status
    finally:
        if ears is not None:
            ears.close()


def _tried(ask: Callable[[dict[str, Any]], dict[str, Any]]) -> int | None:
    """Ring, and tell what follows from what the person says; None if they do not want to."""
    try:
        if input("\nRing now, to try it? [y/N] ").strip().lower() not in ("y", "yes"):
            return None
        ask({"ring": True})
        said = input("Did it reach you? [h] I heard it, [s] I saw it, [n] no: ").strip().lower()
    except EOFError:
        return None
    heard = {"h": "heard", "s": "saw"}.get(said[:1], "neither")
    return _told(ask({"heard": heard}))


def _asked(folders: Folders, asked: dict[str, Any]) -> dict[str, Any] | None:
    """The running program's reply, or None where none runs."""
    from backtimer.adapters import client

    try:
        return client.ask(folders.data, asked)
    except client.ClientError as error:
        return {"status": NO_DATA, "out": "", "err": str(error)}


def _answered_offline(folders: Folders, asked: dict[str, Any]) -> dict[str, Any]:
    from backtimer.adapters.clocks import clock_of
    from backtimer.desk.offline import OfflineDesk
    from backtimer.desk.requests import answer
    from backtimer.domain.errors import DataError

    try:
        desk = OfflineDesk(folders=folders, clock=clock_of(folders.data))
    except DataError as error:
        return {"status": NO_DATA, "out": "", "err": str(error)}
    reply = dict(answer(desk, asked))
    return reply | {"err": "\n".join((*desk.notes, reply["err"])).rstrip("\n")}


def _export(folders: Folders, file: Path, *, overwrite: bool) -> int:
    from backtimer.adapters.clocks import clock_of
    from backtimer.desk.offline import export
    from backtimer.desk.requests import failed
    from backtimer.domain.errors import BacktimerError
    from backtimer.patience import patience

    # What a running program cannot write just now is not in the files, and so not in the export.
    reply = _asked(folders, {"command": "saved", "words": {}})
    unsaved = reply["err"] if reply and reply["status"] == NO_DATA else ""
    try:
        with patience(f"Writing {file} …"):
            out = export(folders, clock_of(folders.data), file, overwrite=overwrite)
    except BacktimerError as error:
        return _told(dict(failed(error)))
    return _told({"status": NO_DATA if unsaved else DONE, "out": out, "err": unsaved})


def _told(reply: dict[str, Any]) -> int:
    try:
        if reply["out"]:
            print(reply["out"], flush=True)
        if reply["err"]:
            print(reply["err"], file=sys.stderr)
    except BrokenPipeError:
        raise
    except OSError as error:
        _print_nothing()
        print(f"The answer could not be written: {error.strerror}.", file=sys.stderr)
        return NO_DATA
    return int(reply["status"])


# --- opening -------------------------------------------------------------------------------


def _open(options: argparse.Namespace) -> int:
    # Objects that live as long as the program need no collector while it starts.
    import gc

    gc.disable()
    from backtimer.app import open_program
    from backtimer.launch import Launch

    speed = getattr(options, "speed", None)
    named = getattr(options, "data_dir", None) or chosen_folder()
    launch = Launch(
        folders=_folders(options),
        speed=speed,
        throw_away=speed is not None and named is None,
        usual=speed is None and named is None,
        minimized=options.minimized,
        terminal=options.terminal,
    )
    return open_program(launch)
