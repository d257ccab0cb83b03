"""Starts the program: `python -m backtimer` or `backtimer`."""

import sys

from backtimer.cli import run


def main() -> int:
    """Run the program with the arguments of this process and return its exit status."""
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
