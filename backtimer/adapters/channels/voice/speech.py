"""How a text is spoken here, blocking: by a program on Linux, by plyer elsewhere."""

import shutil
import sys
from collections.abc import Callable
from typing import Protocol

from backtimer.adapters.channels.voice.programs import (
    Program,
    cancel,
    is_installed,
    linux_programs,
    ran_well,
    speakable,
)
from backtimer.domain.reach import Finding, Way, broken, works
from backtimer.domain.words import LANGUAGE, tr

# A voice that is set to speak slowly needs so much for a character.
_CHARACTER_S = 0.12

GoOn = Callable[[float], bool]


class NoVoice(Exception):
    """The text was not spoken; the sentence says why."""


class Speech(Protocol):
    """Blocks: use it in one thread. Ends early when `go_on` says that it is no longer wanted."""

    def speak(self, text: str, go_on: GoOn) -> bool:
        """Whether `text` was spoken to its end. Raises NoVoice."""

    def look(self, go_on: GoOn) -> Finding | None:
        """Whether something could be spoken, found out in silence; None if it ended early."""


def speech(*, patience_s: float, attempt_s: float) -> Speech:
    """The speech of this system.

    `patience_s` is what a program may take to begin, `attempt_s` what it may to be tried.
    """
    if sys.platform == "linux":
        return ProgramSpeech(patience_s=patience_s, attempt_s=attempt_s)
    return PlyerSpeech()


class ProgramSpeech:
    """Speaks by the first program that does. One that did not is tried last from then on."""

    def __init__(self, *, patience_s: float, attempt_s: float) -> None:
        self._patience_s = patience_s
        self._attempt_s = attempt_s
        self._doubted: set[str] = set()

    def speak(self, text: str, go_on: GoOn) -> bool:
        text = speakable(text)
        for program in self._installed():
            patience_s = self._patience_s + _CHARACTER_S * len(text)
            well = self._run(program, (*program.speak, text), patience_s, go_on)
            if well is None:
                return False
            if well:
                return True
        raise NoVoice(tr("The voice was not heard: its programs find no sound device, or hang."))

    def look(self, go_on: GoOn) -> Finding | None:
        try:
            programs = self._installed()
        except NoVoice:
            return _not_installed()
        for program in programs:
            well = self._run(program, program.attempt, self._attempt_s, go_on)
            if well is None:
                return None
            if well:
                return works(Way.VOICE)
        return broken(
            Way.VOICE,
            tr("The voice finds no sound device, or hangs."),
            tr("Connect or switch on a speaker or headphones."),
        )

    def _run(
        self, program: Program, command: tuple[str, ...], patience_s: float, go_on: GoOn
    ) -> bool | None:
        well = ran_well(command, patience_s=patience_s, go_on=go_on)
        if not well:
            cancel(program)
        if well:
            self._doubted.discard(program.name)
        elif well is False:
            self._doubted.add(program.name)
        return well

    def _installed(self) -> list[Program]:
        """What can be tried, the most promising first. Raises NoVoice where there is nothing."""
        found = [each for each in linux_programs(LANGUAGE) if is_installed(each)]
        if not found:
            raise NoVoice(tr("No voice is installed: install espeak-ng."))
        # Else a voice that hangs would delay each repetition of an alarm.
        return sorted(found, key=lambda each: each.name in self._doubted)


class PlyerSpeech:
    """Speaks by plyer, which cannot be interrupted: a text is spoken to its end."""

    def speak(self, text: str, go_on: GoOn) -> bool:
        # A text that begins with a dash would be an option.
        text = speakable(text).lstrip("-")
        try:
            from plyer import tts

            tts.speak(message=text)
        except NotImplementedError as error:
            raise NoVoice(tr("No voice is installed: install espeak.")) from error
        return go_on(0)

    def look(self, go_on: GoOn) -> Finding | None:
        """What plyer would call is there, or it is not."""
        del go_on
        found = any(shutil.which(each) for each in ("say", "espeak", "espeak.exe"))
        return works(Way.VOICE) if found else _not_installed()


def _not_installed() -> Finding:
    name = "espeak-ng" if sys.platform == "linux" else "espeak"
    return broken(Way.VOICE, tr("No voice is installed."), tr("Install {name}.", name=name))
