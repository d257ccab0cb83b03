"""The start card: what speaks against it, and what the diary adds to it."""

import pytest

from backtimer.domain import commands as cmd
from backtimer.domain.diary import HEAT_SOURCES
from backtimer.domain.events import Topic
from backtimer.domain.protocol import Modality
from backtimer.domain.safety import (
    CardQuestions,
    card_questions,
    cream_first,
    source_advice,
    start_card,
    stay_awake,
)
from tests.domain.kit import COLD_MASSAGE, HEAT, ICE, Life

DAY_MIN = 1440.0


def questions(life: Life, modality: Modality) -> CardQuestions:
    return card_questions(modality, life.episode.entries, life.now)


@pytest.mark.parametrize("modality", Modality)
def test_s1_never_ice_directly_on_skin_the_cloth_line_is_on_every_card(modality: Modality) -> None:
    reminder = start_card(modality).reminder
    assert "between" in reminder
    assert "towel" in reminder or "cloth" in reminder


def test_an_empty_diary_adds_nothing_to_the_card_of_ice() -> None:
    assert questions(Life(), ICE) == CardQuestions()


def test_s1_s4_heat_asks_for_its_source_and_remembers_the_last() -> None:
    life = Life()
    assert questions(life, HEAT).source == "pack"
    assert questions(life, COLD_MASSAGE).source == ""
    life.do(cmd.Log(topic=Topic.HEAT_SOURCE, text="bath"))
    assert questions(life, HEAT).source == "bath"


@pytest.mark.parametrize("source", HEAT_SOURCES)
def test_s1_s4_each_source_of_heat_has_its_advice(source: str) -> None:
    assert source_advice(source).endswith(".")


def test_s1_an_electric_pad_lies_on_top_never_under_you() -> None:
    assert "never under you" in source_advice("electric")


def test_s1_relaxants_make_drowsy_then_it_is_asked_whether_one_stays_awake() -> None:
    life = Life()
    assert stay_awake(life.episode.entries) == ""
    life.do(cmd.Log(topic=Topic.DROWSY, text="the evening one"))
    for modality in (ICE, HEAT):
        assert "Will you stay awake?" in questions(life, modality).stay_awake
    life.do(cmd.WithdrawEntry(of=life.episode.entries[-1].at.wall))
    assert stay_awake(life.episode.entries) == ""


def test_s4_no_heat_over_cream_and_no_ice_over_one_that_numbs() -> None:
    life = Life()
    assert cream_first(HEAT, life.episode.entries, life.now) == ""
    life.do(cmd.Log(topic=Topic.CREAM))
    assert "No heat over any cream" in questions(life, HEAT).first
    assert "No ice over a cream that numbs" in questions(life, ICE).first
    life.sleep(DAY_MIN)
    assert questions(life, HEAT).first == "", "that was yesterday"
