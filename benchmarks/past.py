"""Prints how many milliseconds others wait at most while the journal reads all of a record.

`python -m benchmarks.past FOLDER`.
"""

import sys
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from backtimer.launch import Instance, Launch, lock_of
from backtimer.paths import one_folder
from backtimer.ui.journal.reading import Reading


def main() -> int:
    """Read all episodes of a folder's record beside a timer that wants to run all the time."""
    launch = Launch(folders=one_folder(Path(sys.argv[1])))
    application = QCoreApplication(sys.argv)
    lock = lock_of(launch.folders)
    lock.acquire()
    instance = Instance(launch, lock)
    beats: list[float] = []
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: beats.append(time.perf_counter()))
    beat.start()
    reading = Reading(care=instance.care, clock=instance.clock)
    reading.done.connect(application.exit)
    QTimer.singleShot(20, lambda: reading.begin(with_earlier=True))
    application.exec()
    beats.append(time.perf_counter())
    print(max(after - before for before, after in pairwise(beats)) * 1000)
    instance.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
