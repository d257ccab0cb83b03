"""The words of the command line and what they mean, before anything is done about them."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from backtimer import __version__
from backtimer.exits import MISUSED

SPEED_MOST = 3600.0
_PLACES = ("data_dir", "speed", "minimized", "terminal")


# What argparse says, and what a person is told instead.
_IN_PLAIN_WORDS = (
    (r"argument COMMAND: invalid choice: '?(.*?)'? \(choose from .*", r"There is no command “\1”"),
    (r"the following arguments are required: (.*)", r"Missing: \1"),
    (r"unrecognized arguments: (.*)", r"Not understood: \1"),
    (r"argument ([^:]*): expected .*", r"After \1 something is missing"),
    (r"argument ([^:]*): ignored explicit argument .*", r"\1 stands alone, without a value"),
    (r"argument [^:]*: (.*)", r"\1"),
)
_SENTENCE_MOST = 200
_LENGTH = re.compile(r"(?:--[a-z]+=)?(?:\d+[dhm])+", re.IGNORECASE | re.ASCII)


class _Help(argparse.HelpFormatter):
    """As wide as most terminals: each word that is declared would ask how wide this one is."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=78)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one plain sentence instead of a page of usage."""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=_Help, **options)

    def error(self, message: str) -> NoReturn:
        told = " ".join(message.split())
        for said, plain in _IN_PLAIN_WORDS:
            if re.fullmatch(said, told):
                told = re.sub(said, plain, told)
                break
        print(f"{told[:_SENTENCE_MOST]}. For help: {self.prog} --help", file=sys.stderr)
        raise SystemExit(MISUSED)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """Have the help out before the end: nobody can be told of a fault after that."""
        if sys.stdout:
            sys.stdout.flush()
        super().exit(status, message)


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What `arguments` ask for; `command` is None to open the program.

    Says what is wrong on standard error and raises SystemExit for anything else.
    """
    words = _joined(arguments)
    return _parser(words).parse_args(words)


def request(options: argparse.Namespace) -> dict[str, Any]:
    """What the desk is asked for the command in `options`."""
    words = {
        name: str(value) if isinstance(value, Path) else value
        for name, value in vars(options).items()
        if name != "command" and name not in _PLACES
    }
    return {"command": options.command, "words": words}


def _joined(arguments: Sequence[str]) -> list[str]:
    """`2d ago` as one word, so that nobody has to think of quotes."""
    joined: list[str] = []
    for word in arguments:
        words = [word]
        while word.lower() == "ago" and joined and _LENGTH.fullmatch(joined[-1]):
            words.insert(0, joined.pop())
        joined.append(" ".join(words))
    return joined


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """A parser of those commands that are among `words`, and of all where help is asked for.

    To make all of them takes as long as the rest of a command.
    """
    places = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    places.add_argument("--data-dir", type=_path, metavar="DIR", help="keep everything in DIR")
    places.add_argument(
        "--speed", type=_speed, metavar="N", help="try it out: N seconds of care pass in one"
    )
    parser = _Parser(
        prog="backtimer",
        description="Times ice and heat for a sore back, and says when to take the pack off.",
        parents=[places],
        allow_abbrev=False,
        epilog="WHEN is now, 18:40, 2026-11-20T18:40, or 12m ago, 1h30m ago, 2d ago.",
    )
    parser.add_argument("--version", action="version", version=f"backtimer {__version__}")
    parser.add_argument("--minimized", action="store_true", help="stay in the tray")
    parser.add_argument("--terminal", action="store_true", help="run in this terminal")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", prog=parser.prog)
    wanted = _COMMANDS if {"-h", "--help"} & set(words) else set(words)
    for name, (text, add_words) in _COMMANDS.items():
        if name in wanted:
            command = commands.add_parser(
                name, help=text, description=text, parents=[places], allow_abbrev=False
            )
            add_words(command)
    return parser


def _alone(_command: argparse.ArgumentParser) -> None:
    """The command has no words of its own."""


def _status(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true")


def _start(command: argparse.ArgumentParser) -> None:
    command.add_argument("modality", nargs="?", type=_modality, metavar="ice|heat")
    command.add_argument("--onset", metavar="WHEN", help="when the pain began")


def _off(command: argparse.ArgumentParser) -> None:
    command.add_argument("--at", metavar="WHEN", help="when it really came off")


def _snooze(command: argparse.ArgumentParser) -> None:
    command.add_argument("minutes", nargs="?", metavar="MINUTES")


def _switch(command: argparse.ArgumentParser) -> None:
    command.add_argument("modality", type=_modality, metavar="ice|heat")


def _onset(command: argparse.ArgumentParser) -> None:
    command.add_argument("when", metavar="WHEN")


def _pain(command: argparse.ArgumentParser) -> None:
    command.add_argument("nrs", metavar="0..10")
    command.add_argument("--note", metavar="TEXT")


def _protocol(command: argparse.ArgumentParser) -> None:
    command.add_argument("key", nargs="?", metavar="KEY")
    command.add_argument("--copy", metavar="NAME")


def _config(command: argparse.ArgumentParser) -> None:
    command.add_argument("key", nargs="?", metavar="KEY")
    command.add_argument("value", nargs="?", metavar="VALUE")


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=_path, metavar="FILE")
    command.add_argument("--force", action="store_true", help="replace a file that is there")


def _import(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=_path, metavar="FILE.json")
    command.add_argument(
        "--replace", action="store_true", help="even if the record knows more than the backup"
    )


_COMMANDS = {
    "status": ("say what is going on", _status),
    "start": ("begin the session that is due, or the episode", _start),
    "off": ("the pack is off", _off),
    "pause": ("the pack is off for a moment", _alone),
    "resume": ("the pack is on again", _alone),
    "snooze": ("say it again later", _snooze),
    "skip": ("leave out the next session", _alone),
    "silence": ("stay silent for one repeat", _alone),
    "still-on": ("after a restart of the computer: the pack is still on", _alone),
    "unknown": ("the pack is off, and you do not know since when", _alone),
    "stop-skin": ("it burns or is numb: the pack is off, the session over", _alone),
    "stop-hurts": ("it hurts: the pack is off, the session over", _alone),
    "stop-numb": ("it is numb: the pack is off, the session over", _alone),
    "switch": ("use ice or heat from the next session on", _switch),
    "onset": ("it began earlier, or later", _onset),
    "pain": ("note how bad it is, 0 (none) to 10 (worst)", _pain),
    "end": ("the episode is over", _alone),
    "protocol": ("list, choose, or copy to edit", _protocol),
    "config": ("list, show or set", _config),
    "export": ("write the record to a .csv, .json, .pdf or .ics file", _export),
    "import": ("take a .json file that was exported back", _import),
    "check": ("say how it will reach you, and try it", _status),
    "quit": ("close the program", _alone),
}


def _path(text: str) -> Path:
    # An empty name would be the folder that one happens to be in.
    if not text:
        raise argparse.ArgumentTypeError("A file or folder needs a name")
    return Path(text)


def _modality(text: str) -> str:
    if text not in ("ice", "heat"):
        raise argparse.ArgumentTypeError(f"“{text}” is neither ice nor heat")
    return text


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 1 <= speed <= SPEED_MOST:
        message = f"“{text[:20]}” is not a speed from 1 to {SPEED_MOST:.0f}"
        raise argparse.ArgumentTypeError(message)
    return speed
