"""When the start card is asked: before a start, or after one from the command line."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from backtimer.domain.clock import Moment
from backtimer.domain.events import CardAnswer, Topic
from backtimer.domain.phases import Phase
from backtimer.domain.protocol import Modality
from backtimer.domain.view import View
from backtimer.ui.actions import Actions
from backtimer.ui.paging import Paging
from backtimer.ui.theme import Theme


class StartCards(QObject):
    """Shows the card in `pages` and passes its answer to `actions`.

    `reveal` brings the page of what is going on before the person.
    """

    def __init__(
        self, *, theme: Theme, pages: Paging, actions: Actions, reveal: Callable[[], None]
    ) -> None:
        super().__init__()
        self._theme = theme
        self._pages = pages
        self._actions = actions
        self._reveal = reveal
        actions.card_needed.connect(self._on_needed)

    def ask_afterwards(self, view: View) -> None:
        """A session that began without its start card: ask once the person is here."""
        if view.phase is Phase.REMOVE:
            # There is something else to answer now.
            self._pages.close_card()
        elif view.card_for and self._pages.card is None:
            self._show(view.card_for, None, is_on=True)

    def _on_needed(self, modality: Modality, onset: Moment | None) -> None:
        self._reveal()
        self._show(modality, onset, is_on=False)

    def _show(self, modality: Modality, onset: Moment | None, *, is_on: bool) -> None:
        from backtimer.ui.pages.start_card import StartCardPage

        questions = self._actions.card_questions(modality)
        began = None if is_on or self._actions.has_begun else onset
        page = StartCardPage(self._theme, modality, questions, is_on=is_on, began=began)

        def on_answer(answer: CardAnswer) -> None:
            if is_on:
                self._actions.answer_card(modality, answer)
                begun = True
            else:
                begun = self._actions.start_with_card(modality, onset, answer)
            if begun and page.source:
                self._actions.log(Topic.HEAT_SOURCE, page.source)
            self._pages.close_card()

        page.answered.connect(on_answer)
        page.closed.connect(self._pages.close_card)
        page.signs_asked.connect(self._actions.signs_asked)
        self._pages.show_card(page)
        page.focus_main()
