"""Says a notice when it becomes so, and not again with each look: closed, it stays closed."""

from collections.abc import Callable

from backtimer.ui.notices.notices import Notices, Topic
from backtimer.ui.theme import Tone


class SaidOnce:
    """Before `Notices`: passes on what is new. What is taken back can be said again."""

    def __init__(self, notices: Notices) -> None:
        self._notices = notices
        self._about: dict[Topic, str] = {}

    def say(
        self,
        topic: Topic,
        text: str,
        *,
        about: str = "",
        tone: Tone = Tone.NEUTRAL,
        action: str = "",
        act: Callable[[], None] | None = None,
        other: str = "",
        act_other: Callable[[], None] | None = None,
    ) -> None:
        """Say `text` unless this was said; `about` tells what is the same where words differ.

        Empty text takes back what was said.
        """
        if not text:
            self.take_back(topic)
            return
        if self._about.get(topic) == (about or text):
            return
        self._about[topic] = about or text
        self._notices.say(
            topic, text, tone=tone, action=action, act=act, other=other, act_other=act_other
        )

    def close(self, topic: Topic) -> None:
        """Say it no more, as if the person had closed it."""
        self._notices.say(topic, "")

    def take_back(self, topic: Topic) -> None:
        """It is no longer so."""
        if self._about.pop(topic, None) is not None:
            self._notices.say(topic, "")
