"""The timer of an exercise and of a walk: what to do now, large, until one stops it."""

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.exercises import (
    STOP_IF_IT_HURTS,
    Exercise,
    Place,
    Step,
    place,
    step_spoken,
    step_words,
    steps,
    walk_left_s,
    walk_words,
)
from backtimer.domain.ports import Clock, Speaker
from backtimer.domain.wording import countdown
from backtimer.domain.words import tr
from backtimer.ui.theme import Text, Theme, Tone
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.big_figures import BigFigures
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.figure import Figure
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage

_LOOK_MS = 200
_CENTER = 0x84  # Qt.AlignmentFlag.AlignCenter
WALK = "walk"


class ExercisePage(QWidget):
    """`begin_exercise(…)` or `begin_walk()`; `done(str)` once it is over, its key; `closed()`.

    Escape, space and the button stop it: then nothing is done. Hidden, it stops as well. What is
    shown is said by what `give` brings, for who lies on the floor and does not see the screen.
    """

    done = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self._key = ""
        self._begun: Moment | None = None
        self._steps: tuple[Step, ...] = ()
        self._sides = 1
        self._name = self._said = self._spoken = ""
        self._speaker: Speaker | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._title = Label(theme, role=Text.TITLE, wrap=True)
        self._figure = Figure(theme, WALK, "", scale=1.8)
        self._what = Label(theme, role=Text.BUTTON_LARGE, wrap=True)
        self._time = BigFigures(theme)
        self._count = Label(theme, role=Text.BUTTON)
        self._how = Label(theme, muted=True, wrap=True)
        self.stop = PillButton(theme, tr("Stop"), primary=True, tone=Tone.REST)
        self.stop.clicked.connect(self._on_stop)
        self._lay_out(theme)

    def give(self, speaker: Speaker) -> None:
        """Say by `speaker` from now on what to do."""
        self._speaker = speaker

    def begin_exercise(self, exercise: Exercise, *, full: bool) -> None:
        """Time `exercise` from now on."""
        self._steps, self._sides = steps(exercise, full=full), exercise.sides
        self._how.setText(f"{exercise.how} {STOP_IF_IT_HURTS}")
        self._begin(exercise.key, exercise.name)

    def begin_walk(self) -> None:
        """Time a walk of two minutes from now on."""
        self._steps = ()
        self._how.setText(tr("Slow and upright, as far as it is pleasant. Turn back in time."))
        self._begin(WALK, tr("A walk of two minutes"))

    @property
    def is_running(self) -> bool:
        """Whether time is counted."""
        return self._begun is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and space stop it at once."""
        if event.key() in {QtCore.Qt.Key.Key_Escape, QtCore.Qt.Key.Key_Space}:
            self._on_stop()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes elsewhere does not exercise."""
        super().hideEvent(event)
        if self.isVisible():
            return
        if self.is_running:
            self._on_stop()
        else:
            self._fall_silent()

    def _begin(self, key: str, title: str) -> None:
        self._key, self._said, self._spoken = key, "", ""
        self._begun = self._clock.now()
        self._name = title
        self._title.setText(title)
        self._figure.show_figure(key, title)
        self.stop.setText(tr("Stop"))
        self._look()
        self._timer.start()
        self.stop.setFocus()

    def _look(self) -> None:
        if self._begun is None:
            return
        now = self._clock.now()
        if self._key == WALK:
            self._show_walk(walk_left_s(self._begun, now))
        else:
            self._show_place(place(self._steps, self._begun, now))

    def _show_walk(self, left_s: float) -> None:
        if left_s <= 0:
            self._finish()
            return
        self._say(tr("Walk"), "")
        self._speak(walk_words(left_s))
        self._time.set_text(countdown(left_s))

    def _show_place(self, where: Place | None) -> None:
        if where is None:
            self._finish()
            return
        step = where.step
        self._say(step_words(step, self._sides), tr("{n} of {all}", n=step.count, all=step.times))
        self._speak(step_spoken(step, self._sides, self._name))
        self._time.set_text(str(-(-int(where.left_s * 1000) // 1000)))

    def _say(self, what: str, count: str) -> None:
        self._what.setText(what)
        self._count.setText(count)
        if (said := f"{what} {count}".strip()) != self._said:
            self._said = said
            announce(self, said)

    def _speak(self, words: str) -> None:
        if words != self._spoken:
            self._spoken = words
            if self._speaker:
                self._speaker.speak(words)

    def _finish(self) -> None:
        self._end()
        done = tr("Done. Well done.")
        self._say(done, "")
        self._speak(done)
        self._time.set_text("✓")
        self.stop.setText(tr("Close"))
        self.done.emit(self._key)

    def _on_stop(self) -> None:
        self._end()
        self._fall_silent()
        self.closed.emit()

    def _fall_silent(self) -> None:
        if self._speaker:
            self._speaker.hush()

    def _end(self) -> None:
        self._timer.stop()
        self._begun = None

    def _lay_out(self, theme: Theme) -> None:
        px = theme.px
        card = Card(theme)
        card.body.setSpacing(px(8))
        card.body.addStretch(1)
        how = QHBoxLayout()
        how.addStretch(1)
        how.addWidget(self._how, 20)
        how.addStretch(1)
        for each in (self._title, self._what, self._count, self._how):
            each.setProperty("alignment", _CENTER)
        self._how.setMaximumWidth(px(520))
        for widget in (self._title, self._figure, self._what, self._time, self._count):
            card.body.addWidget(widget)
        card.body.addSpacing(px(8))
        card.body.addLayout(how)
        card.body.addStretch(2)
        page = QWidget()
        inner = QVBoxLayout(page)
        inner.setContentsMargins(px(28), px(16), px(28), px(8))
        inner.addWidget(card)
        # To stop must be in sight, however low the window is.
        row = QHBoxLayout()
        row.setContentsMargins(px(28), px(6), px(28), px(16))
        row.addStretch(1)
        row.addWidget(self.stop)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(ScrollPage(theme, page), 1)
        layout.addLayout(row)
