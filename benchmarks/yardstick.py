"""The yardstick: the smallest PySide6 program with a window, a ticking label and a tray icon."""

import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QSystemTrayIcon


def main() -> int:
    """Run until it is ended; with `--hidden` there is only the tray icon."""
    application = QApplication(sys.argv)
    application.setQuitOnLastWindowClosed(False)
    window = QMainWindow()
    window.resize(960, 640)
    label = QLabel("0")
    window.setCentralWidget(label)
    picture = QPixmap(22, 22)
    picture.fill("steelblue")
    tray = QSystemTrayIcon(QIcon(picture))
    tray.show()
    timer = QTimer(interval=1000)
    timer.timeout.connect(lambda: label.setText(str(int(label.text()) + 1)))
    timer.start()
    if "--hidden" not in sys.argv:
        window.show()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main())
