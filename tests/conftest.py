"""What holds for every test: no screen is needed, and a found example is found everywhere."""

import os
import sys

# Before any import of Qt. A test of the real program gives its process a screen of its own.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import HealthCheck, settings

# The same examples on every machine and in every run; a slow machine is no failure.
settings.register_profile(
    "backtimer",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("backtimer")

# The real program is tried on a Linux desktop, with things that Windows has no names for.
collect_ignore = ["system"] if sys.platform == "win32" else []
