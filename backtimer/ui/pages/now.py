"""The page of what is going on now: dial, the right button, today, pain, tip, what comes next."""

from itertools import pairwise

from PySide6 import QtCore
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.clock import Moment
from backtimer.domain.phases import Phase
from backtimer.domain.plan import Mark, Step
from backtimer.domain.safety import tip
from backtimer.domain.view import Action, View
from backtimer.domain.words import tr
from backtimer.ui import formatting, offers
from backtimer.ui.pages.day import show_day, show_now
from backtimer.ui.theme import Text, Theme
from backtimer.ui.tones import icon_of, tone_of
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.dial import Dial
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.next_list import NextList
from backtimer.ui.widgets.pain_scale import PainScale
from backtimer.ui.widgets.scroll import ScrollPage
from backtimer.ui.widgets.stop_row import StopRow
from backtimer.ui.widgets.timeline import DayTimeline
from backtimer.ui.widgets.tip import Tip
from backtimer.ui.widgets.welcome_column import WelcomeColumn

_WIDE_PX = 700  # two columns from this width on
_LEAST_PX = 360  # the clock and its buttons beside the other column
_PEEK_PX = 96  # in one column: what is seen of the cards below the clock
_NO_MOST = (1 << 24) - 1  # QWIDGETSIZE_MAX
_OTHERS_MOST = 2


class NowPage(QWidget):
    """Shows a view. Signals: `pressed(Action)`, `more(QWidget)` for the menu, `rated(int)`."""

    pressed = Signal(object)
    more = Signal(object)
    rated = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._wide: bool | None = None
        self._main_action = Action.START
        self._phase: Phase | None = None
        self._title = Label(theme, role=Text.TITLE)
        self._note = Label(theme, muted=True)
        self._dial = Dial(theme)
        self.main = PillButton(theme, primary=True)
        self.main.clicked.connect(self._on_main)
        self._others = [PillButton(theme) for _ in range(_OTHERS_MOST)]
        self._other_actions: list[Action] = []
        for index, button in enumerate(self._others):
            button.clicked.connect(lambda _=False, index=index: self._on_other(index))
        self._more = PillButton(theme, "⋯")
        self._more.setAccessibleName(tr("More"))
        self._more.setToolTip(tr("More"))
        self._more.clicked.connect(lambda: self.more.emit(self._more))
        self._today = Card(theme, tr("Today"), " ")
        self._timeline = DayTimeline(theme)
        self._pain = PainScale(theme)
        self._pain.rated.connect(self.rated)
        self._tip = Tip(theme)
        self._stop = StopRow(theme)
        self._stop.pressed.connect(self.pressed)
        self._next = NextList(theme)
        self.welcome = WelcomeColumn(theme)
        self.welcome.changed.connect(self._on_welcome)
        self.welcome.left.connect(self.setFocus)
        self._lay_out()

    def show_view(self, view: View, now: Moment, *, snooze_min: int, speed: float) -> None:
        """Show what is going on; the time runs on with `show_time`."""
        tone = tone_of(view)
        self._title.setText(formatting.headline(view))
        self._note.setText(formatting.episode_line(view, speed))
        self._dial.set_state(
            tone=tone,
            icon=icon_of(view),
            phase=formatting.phase_words(view),
            fraction=formatting.fraction_left(view, now),
            time=formatting.big_time(view, now),
            line=formatting.then_line(view),
        )
        self._show_buttons(view, snooze_min)
        self._pain.set_tone(tone)
        self._pain.set_value(view.pain)
        shown = tip(view.phase, view.modality or view.offered, view.planned_s)
        self._stop.show_view(view)
        if not self._wide:
            self._arrange()
        self._tip.set_tip(tone, shown.title, shown.text)

    def show_day(self, view: View, marks: tuple[Mark, ...]) -> None:
        """Show the sessions of today."""
        self._today.set_note(formatting.done_of_day(marks))
        show_day(self._timeline, view, marks)

    def show_steps(
        self, view: View, steps: tuple[Step, ...], night: tuple[Moment, Moment] | None
    ) -> None:
        """Show what comes next."""
        self._next.set_rows(formatting.step_rows(view, steps, night))

    def show_now(self, now: Moment) -> None:
        """Show where in the day it is."""
        show_now(self._timeline, now.wall)

    def show_time(self, view: View, now: Moment) -> None:
        """Show how the time goes on."""
        self._dial.set_time(formatting.big_time(view, now), formatting.fraction_left(view, now))

    def take_digit(self, event: QKeyEvent) -> None:
        """Let the pain scale have a digit that nothing else took."""
        self._pain.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns where there is room, else one below the other."""
        super().resizeEvent(event)
        self._arrange()

    def _show_buttons(self, view: View, snooze_min: int) -> None:
        tone = tone_of(view)
        button = offers.main_button(view)
        self._main_action = button.action
        self.main.setText(button.label)
        self.main.set_tone(tone)
        if button.action not in view.allowed and self.main.hasFocus():
            # Else Qt hands the focus, and with it the space key, to the button beside it.
            self.setFocus()
        self.main.setEnabled(button.action in view.allowed)
        if view.phase is not self._phase:
            self._phase = view.phase
            self._focus_main()
        others = offers.other_buttons(view, snooze_min)[:_OTHERS_MOST]
        self._other_actions = [each.action for each in others]
        for index, widget in enumerate(self._others):
            widget.setVisible(index < len(others))
            if index < len(others):
                widget.setText(others[index].label)
                widget.set_tone(tone)

    def _focus_main(self) -> None:
        """In a new phase the keyboard is on the main button, unless it is busy elsewhere."""
        focused: QWidget | None = QApplication.focusWidget()
        if focused is self or (focused is not None and self._buttons.isAncestorOf(focused)):
            self.main.setFocus()

    def _on_main(self) -> None:
        self.pressed.emit(self._main_action)

    def _on_other(self, index: int) -> None:
        self.pressed.emit(self._other_actions[index])

    def _lay_out(self) -> None:
        px = self._theme.px
        page = QWidget()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(4))
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._note)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(20))
        self._dial_card = Card(self._theme)
        self._dial_card.body.addWidget(self._dial, 1)
        clock = QVBoxLayout()
        clock.addWidget(self._dial_card, 1)
        clock.addStretch(0)
        self._columns.addLayout(clock, 58)
        self._columns.addLayout(self._side(), 42)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.setSpacing(px(18))
        layout.addLayout(self._head)
        layout.addLayout(self._columns, 1)
        self._buttons = QWidget()
        self._row = FlowLayout(px(8), share=0.5, parent=self._buttons)
        for button in (self.main, *self._others, self._more):
            self._row.addWidget(button)
        self._scroll = ScrollPage(self._theme, page)
        # What can be done must be in sight: in one column the buttons stay below the page.
        self._foot = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(self._foot)

    def _side(self) -> QVBoxLayout:
        self._today.body.addWidget(self._timeline)
        pain = self._pain_card = Card(self._theme, tr("Pain right now"), tr("0 none · 10 worst"))
        pain.body.addWidget(self._pain)
        next_card = Card(self._theme, tr("Next"))
        next_card.body.addWidget(self._next)
        next_card.body.addStretch(1)
        side = self._beside = QVBoxLayout()
        side.setSpacing(self._theme.px(16))
        for each in (self.welcome, self._today, pain, self._tip):
            side.addWidget(each)
        side.addWidget(next_card, 1)
        return side

    def _on_welcome(self) -> None:
        """With the small cards, skin and pain stand above all of them."""
        usual = (self.welcome, self._today, self._pain_card, self._tip)
        first = (self._tip, self._pain_card, self.welcome, self._today)
        for place, each in enumerate(first if self.welcome.cards else usual):
            if self._beside.indexOf(each) != place:
                self._beside.removeWidget(each)
                self._beside.insertWidget(place, each)
        self._arrange()
        cards = [part for each in self.welcome.cards.values() for part in each.parts]
        for before, after in pairwise((self._more, *self._stop.parts, *cards)):
            self.setTabOrder(before, after)

    def _keep_keyboard(self) -> None:
        """Leave the keyboard where it is, though the buttons move to another place.

        Else Qt hands it on to the next one, and Space would press that.
        """
        held: QWidget | None = self.window().focusWidget()
        if held and (self._buttons.isAncestorOf(held) or self._stop.isAncestorOf(held)):
            self.setFocus()
            reason = QtCore.Qt.FocusReason.ActiveWindowFocusReason
            QTimer.singleShot(0, held, lambda: held.setFocus(reason))

    def _arrange(self) -> None:
        wide = self.width() >= self._theme.px(_WIDE_PX)
        px = self._theme.px
        if wide != self._wide:
            self._wide = wide
            direction = QBoxLayout.Direction
            across = direction.LeftToRight if wide else direction.TopToBottom
            self._head.setDirection(across)
            self._columns.setDirection(across)
            QTimer.singleShot(0, self._scroll, lambda: self._scroll.verticalScrollBar().setValue(0))
            self._keep_keyboard()
            (self._dial_card.body if wide else self._foot).addWidget(self._buttons)
            (self._dial_card.body if wide else self._row).addWidget(self._stop)
            self._stop.setContentsMargins(0, 0 if wide else px(6), 0, 0)
            self._foot.setContentsMargins(
                px(12), 0 if wide else px(10), px(12), 0 if wide else px(10)
            )
        # In one column the dial fills what head and buttons leave; the rest is below it.
        foot = self._buttons.heightForWidth(self.width() - px(24)) + px(20)
        room = self.height() - foot - self._head.sizeHint().height() - px(16 + 18 + 12)
        if self.welcome.cards:
            room -= px(_PEEK_PX)
        self._dial_card.setMinimumHeight(0 if wide else max(px(180), min(room, px(560))))
        # Where the other column is higher than the window, the clock and its buttons stay in it.
        most = self.height() - self._head.sizeHint().height() - px(16 + 18 + 24)
        self._dial_card.setMaximumHeight(max(px(_LEAST_PX), most) if wide else _NO_MOST)
