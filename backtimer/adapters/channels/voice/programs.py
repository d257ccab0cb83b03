"""The programs that speak, and how each is started, tried in silence, and silenced."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

# Much more than anybody listens to; an argument has a greatest length, too.
_LONGEST = 2_000
_LOOK_EVERY_S = 0.02
_CANCEL_S = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The commands of one program. A text is put behind `speak`, as the last argument.

    `attempt` does all that speaking takes without being heard. `cancel` silences the service
    that speaks in the program's place, and goes on when the program is ended.
    """

    name: str
    speak: tuple[str, ...]
    attempt: tuple[str, ...]
    cancel: tuple[str, ...] = ()


def linux_programs(language: str) -> tuple[Program, ...]:
    """What speaks on Linux, the desktop's own voice first."""
    # Important: else a screen reader's next word would take the place of the alarm.
    spd_say = ("spd-say", "--wait", "--language", language, "--priority")
    espeak = ("espeak-ng", "-v", language)
    return (
        Program(
            name="spd-say",
            speak=(*spd_say, "important", "--"),
            attempt=(*spd_say, "notification", "--volume", "-100", "--", "a"),
            cancel=("spd-say", "--cancel"),
        ),
        Program(name="espeak-ng", speak=(*espeak, "--"), attempt=(*espeak, "-a", "0", "--", "a")),
    )


def is_installed(program: Program) -> bool:
    """Looked up each time: it may be installed while this runs."""
    return shutil.which(program.name) is not None


def speakable(text: str) -> str:
    """`text` as an argument of a program: without control characters, and not endless."""
    text = text[:_LONGEST].encode("utf-8", "replace").decode("utf-8")
    return "".join(each if each.isprintable() else " " for each in text).strip()


def ran_well(
    command: Sequence[str], *, patience_s: float, go_on: Callable[[float], bool]
) -> bool | None:
    """Run a program to its end; false where it fails or takes longer. Linux only.

    `go_on` waits for some seconds and says whether the end is still wanted; if not, the program
    is ended, and None is returned.
    """
    # In memory, as a full disk must not silence the voice; a pipe could fill and block.
    with os.fdopen(os.memfd_create("errors"), "w+b") as errors:
        try:
            process = subprocess.Popen(  # noqa: S603  # a program of ours, and no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )
        except (OSError, ValueError):
            return False
        try:
            rounds = max(1, round(patience_s / _LOOK_EVERY_S))
            for _ in range(rounds):
                if not go_on(_LOOK_EVERY_S):
                    return None
                if process.poll() is not None:
                    errors.seek(0)
                    # espeak-ng finds no sound device, and ends as if all were well.
                    complained = any(line.startswith(b"error:") for line in errors)
                    return process.returncode == 0 and not complained
            return False
        finally:
            _end(process)


def cancel(program: Program) -> None:
    """Have the service of an ended program fall silent."""
    if program.cancel:
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(  # noqa: S603  # a program of ours, and no shell
                program.cancel,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_CANCEL_S,
                check=False,
            )


def _end(process: "subprocess.Popen[bytes]") -> None:
    """Kill it and what it started."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
