"""The words of the command line and what they mean, before anything is done about them."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from backtimer import __version__

MISUSED = 2
SPEED_MOST = 3600.0
_PLACES = ("data_dir", "speed", "minimized", "terminal")


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of a page of usage."""

    def error(self, message: str) -> NoReturn:
        print(f"{message.rstrip('.')}. For help: backtimer --help", file=sys.stderr)
        raise SystemExit(MISUSED)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What `arguments` ask for; `command` is None to open the program.

    Says what is wrong on standard error and raises SystemExit for anything else.
    """
    return _parser().parse_args(_joined(arguments))


def request(options: argparse.Namespace) -> dict[str, Any]:
    """What the desk is asked for the command in `options`."""
    words = {
        name: value
        for name, value in vars(options).items()
        if name != "command" and name not in _PLACES
    }
    return {"command": options.command, "words": words}


def _joined(arguments: Sequence[str]) -> list[str]:
    """`2d ago` as one word, so that nobody has to think of quotes."""
    joined: list[str] = []
    for word in arguments:
        if word == "ago" and joined and joined[-1][:1].isdigit():
            joined[-1] = f"{joined[-1]} ago"
        else:
            joined.append(word)
    return joined


def _parser() -> argparse.ArgumentParser:
    places = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    places.add_argument("--data-dir", type=Path, metavar="DIR", help="keep everything in DIR")
    places.add_argument(
        "--speed", type=_speed, metavar="N", help="try it out: N seconds of care pass in one"
    )
    parser = _Parser(
        prog="backtimer",
        description="Times ice and heat for a sore back, and says when to take the pack off.",
        parents=[places],
        epilog="WHEN is now, 18:40, 2026-11-20T18:40, or 12m ago, 1h30m ago, 2d ago.",
    )
    parser.add_argument("--version", action="version", version=f"backtimer {__version__}")
    parser.add_argument("--minimized", action="store_true", help="stay in the tray")
    parser.add_argument("--terminal", action="store_true", help="run in this terminal")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[places])

    add("status", "say what is going on").add_argument("--json", action="store_true")
    start = add("start", "begin the session that is due, or the episode")
    start.add_argument("modality", nargs="?", choices=("ice", "heat"))
    start.add_argument("--onset", metavar="WHEN", help="when the pain began")
    off = add("off", "the pack is off")
    off.add_argument("--at", metavar="WHEN", help="when it really came off")
    add("pause", "the pack is off for a moment")
    add("resume", "the pack is on again")
    snooze = add("snooze", "say it again later")
    snooze.add_argument("minutes", nargs="?", metavar="MINUTES")
    add("skip", "leave out the next session")
    add("silence", "stay silent for one repeat")
    switch = add("switch", "use ice or heat from the next session on")
    switch.add_argument("modality", choices=("ice", "heat"))
    add("onset", "it began earlier, or later").add_argument("when", metavar="WHEN")
    pain = add("pain", "note how bad it is, 0 (none) to 10 (worst)")
    pain.add_argument("nrs", metavar="0..10")
    pain.add_argument("--note", metavar="TEXT")
    add("end", "the episode is over")
    protocol = add("protocol", "list, choose, or copy to edit")
    protocol.add_argument("key", nargs="?", metavar="KEY")
    protocol.add_argument("--copy", metavar="NAME")
    config = add("config", "list, show or set")
    config.add_argument("key", nargs="?", metavar="KEY")
    config.add_argument("value", nargs="?", metavar="VALUE")
    export = add("export", "write the record to a .csv or .json file")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--force", action="store_true", help="replace a file that is there")
    add("quit", "close the program")
    return parser


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= SPEED_MOST:
        message = f"“{text[:20]}” is not a speed from 1 to {SPEED_MOST:.0f}"
        raise argparse.ArgumentTypeError(message)
    return speed
