import os
import subprocess
import sys

_NOW_PAGE = """
import sys
from PySide6 import QtCore, QtWidgets
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from backtimer.ui.theme import Theme, Tone
from backtimer.ui.widgets.banner import Banner
from backtimer.ui.widgets.button import PillButton
from backtimer.ui.widgets.card import Card
from backtimer.ui.widgets.dial import Dial
from backtimer.ui.widgets.flow import FlowLayout
from backtimer.ui.widgets.label import Label
from backtimer.ui.widgets.nav_rail import NavEntry, NavRail
from backtimer.ui.widgets.nav_shell import NavShell
from backtimer.ui.widgets.next_list import NextList
from backtimer.ui.widgets.pain_scale import PainScale
from backtimer.ui.widgets.timeline import Bar, BarKind, DayTimeline
from backtimer.ui.widgets.tip import Tip

app = QApplication([sys.argv[0], "-style", "fusion"])
theme = Theme(app)
page = QWidget()
body = QVBoxLayout(page)
dial = Dial(theme)
dial.set_state(tone=Tone.ICE, icon="ice", phase="Ice is on", fraction=0.6, time="12:14", line="x")
day = DayTimeline(theme)
day.set_day(
    [Bar(430, 450, BarKind.DONE, Tone.ICE, "x")], from_min=360, to_min=1440, now_min=900, words="x"
)
rows = NextList(theme)
rows.set_rows([("15:20", "Rest")])
buttons = FlowLayout(10, share=0.5)
buttons.addWidget(PillButton(theme, "I took it off", primary=True))
body.addWidget(dial, 1)
body.addLayout(buttons)
for widget in (day, PainScale(theme), Tip(theme, Tone.ICE, "a", "b"), rows, Banner(theme)):
    body.addWidget(widget)
body.addWidget(Card(theme, "Today", "4 of 9 done"))
shell = NavShell(theme, NavRail(theme, [NavEntry("now", "Now", "clock")]), page)
shell.resize(960, 800)
shell.show()
app.processEvents()
assert dial._figures.area().width() > 0, "nothing was painted"
slow = [name for name, module in (("Qt", QtCore), ("QStyle", QtWidgets)) if name in vars(module)]
slow += [name for name in ("PySide6.QtSvg", "dataclasses", "asyncio") if name in sys.modules]
print(*slow)
"""


def test_nothing_that_is_slow_to_load_is_loaded_for_the_first_picture() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _NOW_PAGE],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert set(done.stdout.split()) <= {"dataclasses"}
