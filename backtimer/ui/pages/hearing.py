"""The page “Will you hear me?”: every way to the person, a real ring, and the phone."""

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from backtimer.domain.hearing import Heard
from backtimer.domain.ports import PhonePairing
from backtimer.domain.reach import Finding, Way
from backtimer.domain.words import tr
from backtimer.services.hearing import Hearing
from backtimer.services.settings import SettingsService
from backtimer.ui.hearing_words import outcome_words
from backtimer.ui.pages.finding_row import FindingRow
from backtimer.ui.pages.phone_editor import PhoneEditor
from backtimer.ui.theme import Text, Theme, form_style_sheet
from backtimer.ui.widgets.announce import announce
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card, Line
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.scroll import ScrollPage

# From this width on the buttons stand beside the title, and reasons beside names.
_HEAD_PX, _WIDE_PX = 480, 640


class HearingPage(ScrollPage):
    """Shows what `meet` brings; until then it looks."""

    def __init__(self, theme: Theme, settings: SettingsService) -> None:
        page = QWidget()
        super().__init__(theme, page)
        self._theme = theme
        self._settings = settings
        self._hearing: Hearing | None = None
        self._pairing: PhonePairing | None = None
        self._rows: dict[Way, FindingRow] = {}
        self._wide = True
        self.look = PillButton(theme, tr("Look again"))
        self.ring = PillButton(theme, tr("Ring now"), primary=True)
        self.look.clicked.connect(self._on_look)
        self.ring.clicked.connect(self._on_ring)
        widths = []
        for words in (tr("Looking…"), tr("Look again")):
            self.look.setText(words)
            widths.append(self.look.sizeHint().width())
        self.look.setFixedWidth(max(widths))  # nothing moves while it looks
        self._lay_out(page)
        theme.changed.connect(self._dress)
        self._dress()
        self._show_looking()

    def meet(self, hearing: Hearing, pairing: PhonePairing) -> None:
        """Show what `hearing` finds out from now on."""
        self._hearing, self._pairing = hearing, pairing
        hearing.changed.connect(self._show)
        self._show(hearing.findings)
        if self.isVisible():
            self._look_if_unknown()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reasons beside the names where there is room."""
        super().resizeEvent(event)
        width = self.viewport().width()
        beside = width >= self._theme.px(_HEAD_PX)
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._wide = width >= self._theme.px(_WIDE_PX)
        for row in self._rows.values():
            row.set_wide(self._wide)

    def showEvent(self, event: QShowEvent) -> None:
        """Look, where nobody did."""
        super().showEvent(event)
        self._look_if_unknown()

    def _dress(self) -> None:
        self.setStyleSheet(form_style_sheet(self._theme))

    def _look_if_unknown(self) -> None:
        if self._hearing and not self._hearing.findings:
            self._on_look()

    def _on_look(self) -> None:
        if self._hearing:
            self._hearing.look()
            self._show_looking()

    def _show_looking(self) -> None:
        is_looking = self._hearing is None or self._hearing.is_looking
        self.look.setText(tr("Looking…") if is_looking else tr("Look again"))
        self.ring.setEnabled(self._hearing is not None)

    def _on_ring(self) -> None:
        if self._hearing:
            self._hearing.ring()
            self._asked.setText(tr("Did it reach you?"))
            self._answers.show()
            self._question.show()
            announce(self._question, self._asked.text())

    def _on_answer(self, heard: Heard) -> None:
        if self._hearing:
            self._asked.setText(outcome_words(heard))
            self._answers.hide()
            self.ring.setFocus()
            announce(self._question, self._asked.text())
            self._hearing.answer(heard)

    def _show(self, findings: tuple[Finding, ...]) -> None:
        self._show_looking()
        if [each.way for each in findings] != list(self._rows):
            self._make_rows([each.way for each in findings])
        for each in findings:
            self._rows[each.way].show_finding(each)

    def _make_rows(self, ways: list[Way]) -> None:
        body = self._card.body
        while (item := body.takeAt(0)) is not None:
            if widget := item.widget():
                widget.deleteLater()
        self._rows = {}
        for way in ways:
            if self._rows:
                body.addWidget(Line(self._theme))
            row = self._rows[way] = FindingRow(self._theme)
            row.set_wide(self._wide)
            if way is Way.PHONE and self._pairing:
                phone = PhoneEditor(self._theme, self._settings, self._pairing)
                phone.changed.connect(self._on_look)
                row.body.addWidget(phone)
            body.addWidget(row)

    def _lay_out(self, page: QWidget) -> None:
        theme, px = self._theme, self._theme.px
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(10))
        self._head.addWidget(Label(theme, tr("Will you hear me?"), role=Text.TITLE))
        self._head.addStretch(1)
        buttons = FlowLayout(px(10))
        buttons.addWidget(self.look)
        buttons.addWidget(self.ring)
        self._head.addLayout(buttons)
        self._question = self._ask_card()
        self._card = Card(theme)
        self._card.body.setSpacing(0)
        self._card.body.setContentsMargins(px(20), px(6), px(20), px(6))
        looking = Label(theme, tr("Looking at every way to you…"), muted=True)
        looking.setContentsMargins(0, px(12), 0, px(12))
        self._card.body.addWidget(looking)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(px(28), px(16), px(28), px(24))
        layout.setSpacing(px(18))
        layout.addLayout(self._head)
        layout.addWidget(self._question)
        layout.addWidget(self._card)
        layout.addStretch(1)

    def _ask_card(self) -> Card:
        theme = self._theme
        card = Card(theme)
        self._asked = Label(theme, role=Text.STRONG, wrap=True)
        self._answers = QWidget()
        row = FlowLayout(theme.px(8), parent=self._answers)
        for words, heard in (
            (tr("I heard it"), Heard.HEARD),
            (tr("I saw it"), Heard.SAW),
            (tr("No"), Heard.NEITHER),
        ):
            button = PillButton(theme, words)
            button.clicked.connect(lambda _=False, heard=heard: self._on_answer(heard))
            row.addWidget(button)
        card.body.addWidget(self._asked)
        card.body.addWidget(self._answers)
        card.hide()
        return card
