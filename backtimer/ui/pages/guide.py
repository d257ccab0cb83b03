"""The guide: a list of short texts, the one that is read, and what can be done beside some."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QStackedWidget, QVBoxLayout, QWidget

from backtimer.domain.diary import Entry
from backtimer.domain.events import Topic
from backtimer.domain.exercises import EXERCISES, WALK_S
from backtimer.domain.phases import PACK_ON
from backtimer.domain.ports import Clock
from backtimer.domain.words import tr
from backtimer.services.care import CareService
from backtimer.ui.actions import Actions
from backtimer.ui.guide_texts import ABOUT, HELP, KEYS, guide_text
from backtimer.ui.pages.exercise import WALK, ExercisePage
from backtimer.ui.pages.guide_article import Article
from backtimer.ui.pages.moving_card import MovingCard
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.guide_list import GuideList
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage

_WIDE_PX = 600  # the list beside the text from this width on, if all of it can be seen
_HEAD_PX = 70


class GuidePage(QStackedWidget):
    """`show_text(key)` opens one of the texts."""

    def __init__(
        self,
        theme: Theme,
        *,
        care: CareService,
        actions: Actions,
        clock: Clock,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._care = care
        self._actions = actions
        self._wide: bool | None = None
        self._entries: tuple[Entry, ...] | None = None
        self._reading = QWidget()
        self._list = GuideList(theme, {key: guide_text(key).title for key in KEYS})
        self._list.chosen.connect(self.show_text)
        self._article = QStackedWidget()
        self._articles: dict[str, ScrollPage] = {}
        self.moving = MovingCard(theme)
        self.moving.flare_is_over.connect(lambda: actions.log(Topic.FLARE_OVER))
        self.moving.asked.connect(self._on_exercise)
        self.moving.walk.connect(self._on_walk)
        self.exercise = ExercisePage(theme, clock)
        self.exercise.done.connect(self._on_done)
        self.exercise.closed.connect(self._on_closed)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.addWidget(self._reading)
        self.addWidget(self.exercise)
        care.changed.connect(self._on_changed)
        self._on_changed()
        self.show_text(KEYS[0])

    @property
    def shown(self) -> str:
        """The key of the text that is read."""
        return next(
            key for key, each in self._articles.items() if each is self._article.currentWidget()
        )

    def show_text(self, key: str) -> None:
        """Read the text `key`."""
        if key not in self._articles:
            self._articles[key] = self._made(key)
            self._article.addWidget(self._articles[key])
        self._list.show_chosen(key)
        self._picker.setCurrentIndex(KEYS.index(key))
        self._article.setCurrentWidget(self._articles[key])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list beside the text where there is room, else above it."""
        super().resizeEvent(event)
        px = self._theme.px
        is_high = self.height() >= self._list.sizeHint().height() + px(_HEAD_PX)
        wide = self.width() >= px(_WIDE_PX) and is_high
        if wide is not self._wide:
            self._wide = wide
            direction = QBoxLayout.Direction
            self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
            self._side.setVisible(wide)
            self._picker.setVisible(not wide)

    def _dress(self) -> None:
        self._picker.setStyleSheet(form_style_sheet(self._theme))

    def _made(self, key: str) -> ScrollPage:
        article = Article(self._theme, guide_text(key))
        if key == "moving":
            article.body.insertWidget(article.body.count() - 1, self.moving)
        if key in (HELP, ABOUT):
            button = PillButton(self._theme, tr("Warning signs"))
            button.clicked.connect(self._actions.signs_asked)
            article.body.insertWidget(article.body.count() - 1, button)
        page = QWidget()
        layout = QVBoxLayout(page)
        px = self._theme.px
        layout.setContentsMargins(0, 0, px(28), px(24))
        layout.addWidget(article)
        layout.addStretch(1)
        return ScrollPage(self._theme, page)

    def _on_changed(self) -> None:
        self.moving.set_pack_on(self._care.view.phase in PACK_ON)
        entries = self._care.episode.entries
        if entries != self._entries:
            self._entries = entries
            self.moving.show_entries(entries)

    def _on_exercise(self, key: str, full: bool) -> None:  # noqa: FBT001  the signal's
        self.setCurrentWidget(self.exercise)
        self.exercise.begin_exercise(EXERCISES[key], full=full)

    def _on_walk(self) -> None:
        self.setCurrentWidget(self.exercise)
        self.exercise.begin_walk()

    def _on_done(self, key: str) -> None:
        if key == WALK:
            self._actions.log(Topic.WALK, number=WALK_S)
        else:
            self._actions.log(Topic.EXERCISE, key)

    def _on_closed(self) -> None:
        self.setCurrentWidget(self._reading)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        layout = QVBoxLayout(self._reading)
        layout.setContentsMargins(px(28), px(16), 0, 0)
        layout.setSpacing(px(14))
        layout.addWidget(Label(theme, tr("Guide"), role=Text.TITLE))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(px(20))
        self._side = ScrollPage(theme, self._list)
        self._side.setFixedWidth(self._list.sizeHint().width() + px(12))
        self._picker = QComboBox()
        self._picker.setAccessibleName(tr("What to read"))
        for key in KEYS:
            self._picker.addItem(guide_text(key).title, key)
        self._picker.activated.connect(lambda index: self.show_text(KEYS[index]))
        place = QVBoxLayout()
        place.setContentsMargins(0, 0, px(28), 0)
        place.addWidget(self._picker)
        layout.addLayout(place)
        self._columns.addWidget(self._side)
        self._columns.addWidget(self._article, 1)
        layout.addLayout(self._columns, 1)
