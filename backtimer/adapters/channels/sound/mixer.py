"""Asks the desktop's mixer whether the computer's own sound is muted or turned down to nothing."""

import os
import re
import shutil
import subprocess
import sys

from backtimer.domain.words import tr

_ANSWER_S = 1.0
# Each is the tool of a sound system: how it is asked, and the words of its answer that matter.
_PULSE = (
    ("pactl", "get-sink-mute", "@DEFAULT_SINK@"),
    ("pactl", "get-sink-volume", "@DEFAULT_SINK@"),
)
_PIPEWIRE = (("wpctl", "get-volume", "@DEFAULT_AUDIO_SINK@"),)
_MUTED = re.compile(r"Mute: yes|\[MUTED\]")
_LOUDNESS = re.compile(r"(\d+)%|Volume: (\d+\.\d+)")


def silence() -> str:
    """Why a sound that is played cannot be heard, and what to do; empty where nothing is told.

    Blocks for up to two seconds. Knows PulseAudio and PipeWire, where their tools are installed.
    """
    if sys.platform != "linux":
        return ""
    questions = _PULSE if shutil.which("pactl") else _PIPEWIRE
    told = " ".join(_asked(each) for each in questions)
    if _MUTED.search(told):
        return tr("The computer’s sound is muted: unmute it.")
    loud = [float(percent or part) for percent, part in _LOUDNESS.findall(told)]
    if loud and not any(loud):
        return tr("The computer’s volume is 0: turn it up.")
    return ""


def _asked(question: tuple[str, ...]) -> str:
    if shutil.which(question[0]) is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 – fixed words
            question,
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=_ANSWER_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""
