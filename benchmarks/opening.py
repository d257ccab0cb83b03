"""Prints how many milliseconds it takes to open a record and to show it, without the imports.

`python -m benchmarks.opening FOLDER`.
"""

import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from backtimer.launch import Instance, Launch, lock_of
from backtimer.paths import one_folder
from backtimer.ui.window_front import WindowFront


def main() -> int:
    """Open the record of a folder, paint the window, and end."""
    launch = Launch(folders=one_folder(Path(sys.argv[1])))
    application = QApplication(sys.argv)
    begin = time.perf_counter()
    lock = lock_of(launch.folders)
    lock.acquire()
    instance = Instance(launch, lock)
    front = WindowFront(
        application=application,
        care=instance.care,
        settings=instance.settings,
        clock=instance.clock,
        painted=application.exit,
    )
    front.open()
    application.exec()
    print((time.perf_counter() - begin) * 1000)
    instance.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
