"""The page for a doctor: one of them, with its fonts, whatever is in the diary."""

import re
import shutil
import subprocess
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QColor, QImage

from backtimer.domain import commands as cmd
from backtimer.domain.doctor_report import DoctorReport, doctor_report
from backtimer.domain.events import TEXT_MOST, Topic
from backtimer.reports.pdf import Paper, picture, render, render_alone, usual_paper
from backtimer.reports.pdf_text import Paragraph, fitted, font
from tests.domain.kit import Life

pytestmark = pytest.mark.usefixtures("qapp")

WILD = "ألم شديد 🧊 é́ \x00 \u202e <b>bold</b>"


def little() -> Life:
    life = Life()
    life.do(cmd.RatePain(nrs=7))
    life.start()
    life.wait(21)
    life.off()
    life.do(cmd.RatePain(nrs=4))
    return life


def much() -> Life:
    """More than any page holds."""
    life = little()
    for number in range(300):
        life.now = life.now.after(1800)
        life.do(cmd.RatePain(nrs=number % 11, note=f"{WILD} {number}"))
    for topic in Topic:
        text = {Topic.ZONE: "lower", Topic.HEAT_SOURCE: "bath", Topic.SIGN: "saddle"}.get(topic)
        for letter in "abcdef":
            life.now = life.now.after(1)
            words = text or letter * (TEXT_MOST if letter == "f" else 300)
            life.do(cmd.Log(topic=topic, text=words, number=5))
    return life


def report(life: Life) -> DoctorReport:
    return doctor_report(life.episode, life.now, life.now)


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("life", [Life, little, much])
def test_it_is_one_page_with_its_fonts_in_it(paper: Paper, life: type[Life]) -> None:
    pdf = render(report(life()), paper)
    assert pdf.startswith(b"%PDF-1.")
    assert pages(pdf) == 1
    width, height = paper.value
    assert re.search(rb"/MediaBox \[0 0 %d(\.\d+)? %d(\.\d+)?\]" % (width, height), pdf)
    assert pdf.count(b"/FontFile2") + pdf.count(b"/FontFile3") >= 2
    assert b"/Image" not in pdf.replace(b"/ImageB", b"").replace(b"/ImageC", b"")


def test_the_chart_is_lines_and_not_a_picture() -> None:
    pdf = render(report(little()))
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    drawn = b"".join(_inflated(each) for each in streams)
    assert drawn.count(b" l\n") > 5


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
def test_its_words_can_be_copied(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(render(report(little())))
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    for words in ("Back pain: report for my doctor", "Warning signs ticked", "not recorded"):
        assert words in done.stdout
    assert "1 session, 21 min on skin" in done.stdout


def test_the_picture_is_the_page_and_stays_within_it() -> None:
    image = picture(report(much()), Paper.LETTER, 400)
    assert (image.width(), image.height()) == (400, 518)
    inside = [image.pixelColor(x, y) for x in range(0, 400, 3) for y in range(0, 518, 3)]
    assert len({each.name() for each in inside}) > 5
    assert _is_white(image, range(400), (*range(8), *range(510, 518)))
    assert _is_white(image, (*range(8), *range(392, 400)), range(518))


def _is_white(image: QImage, xs: "range | tuple[int, ...]", ys: "range | tuple[int, ...]") -> bool:
    return all(image.pixelColor(x, y) == QColor("#FFFFFF") for x in xs for y in ys)


def test_a_program_without_a_window_can_write_it() -> None:
    assert pages(render_alone(report(Life()))) == 1


def test_the_paper_is_that_of_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("en_US"))
    assert usual_paper() is Paper.LETTER
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_DE"))
    assert usual_paper() is Paper.A4


# --- lists in so many lines ---


def test_what_fits_is_told_whole() -> None:
    assert fitted(["one", "two"], font(85), 2000, 1) == "one; two"
    assert fitted([], font(85), 2000, 1) == ""


@pytest.mark.parametrize("lines", [1, 2, 5])
def test_what_does_not_fit_is_counted(lines: int) -> None:
    words = fitted([f"item {n}" for n in range(500)], font(85), 2000, lines)
    assert Paragraph(words, font(85), 2000).lines <= lines
    shown = words.count("item")
    assert words.endswith(f"… ({500 - shown} more)")


def test_a_single_long_one_is_cut() -> None:
    alone = fitted(["x" * 5000], font(85), 2000, 1)
    assert alone.endswith("x…")
    assert fitted(["x" * 5000, "two"], font(85), 2000, 1).endswith("… (1 more)")


def test_words_that_run_the_other_way_do_not_turn_what_follows() -> None:
    assert fitted(["ألم", "two"], font(85), 2000, 1) == "\u2068ألم\u2069; two"
