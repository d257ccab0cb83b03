"""How big the runs of the tests are that can be as long as one likes: small in CI, large in a soak.

Such a test carries `pytest.mark.scaled` and takes its size from `scaled`; `make soak` runs those.
"""

import os
import sys

# Set by `make soak`.
SOAK_VARIABLE = "BACKTIMER_SOAK"
SEED_VARIABLE = "BACKTIMER_SEED"


def is_soak() -> bool:
    """Whether this is a soak, which may last hours."""
    return os.environ.get(SOAK_VARIABLE, "") not in ("", "0")


def scaled(*, ci: int, soak: int) -> int:
    """The number of cases to try: `ci` in the usual test run, `soak` in a soak."""
    return soak if is_soak() else ci


def seed(default: int) -> int:
    """What to begin random numbers with; BACKTIMER_SEED chooses other cases than `default`."""
    return int(os.environ.get(SEED_VARIABLE, default))


def report(figures: str) -> None:
    """Tell `figures` to whoever looks: pytest shows them with -s or -rP, and where a test fails."""
    sys.stdout.write(f"\n{figures}\n")
