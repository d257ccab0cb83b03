"""What the runs gave, as rows with their goals, and the table that the rows make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

_HEAD = ("measure", "ours", "yardstick", "ratio", "goal", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A median of ours beside one of the yardstick, and how far it may go.

    `most_ratio` is a goal for the ratio, `most` one for ours alone; a row without either is
    only a witness.
    """

    measure: str
    unit: str
    ours: float
    yardstick: float | None = None
    most_ratio: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the yardstick it is, or None without one."""
        return self.ours / self.yardstick if self.yardstick else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met, or None where there is none."""
        if self.most is not None:
            return self.ours <= self.most
        if self.most_ratio is not None and self.ratio is not None:
            return self.ratio <= self.most_ratio
        return None

    def cells(self) -> tuple[str, ...]:
        """What the table shows of it, column by column."""
        goal = ""
        if self.most is not None:
            goal = f"≤ {self._quantity(self.most)}"
        elif self.most_ratio is not None:
            goal = f"≤ {self.most_ratio:g} ×"
        return (
            self.measure,
            self._quantity(self.ours),
            "" if self.yardstick is None else self._quantity(self.yardstick),
            "" if self.ratio is None else f"{self.ratio:.2f} ×",
            goal,
            {True: "ok", False: "missed", None: ""}[self.is_met],
        )

    def _quantity(self, value: float) -> str:
        figures = f"{value:.0f}" if value >= 100 else f"{value:.3g}"
        return f"{figures} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Samples:
    """What each run gave, of ours and of the yardstick."""

    ours: list[float] = field(default_factory=list)
    yardstick: list[float] = field(default_factory=list)

    def add(self, value: float, *, ours: bool) -> None:
        """Take in what one run gave."""
        (self.ours if ours else self.yardstick).append(value)

    def row(
        self,
        measure: str,
        unit: str,
        *,
        most_ratio: float | None = None,
        most: float | None = None,
    ) -> Row:
        """The medians of all runs."""
        return Row(
            measure=measure,
            unit=unit,
            ours=median(self.ours),
            yardstick=median(self.yardstick),
            most_ratio=most_ratio,
            most=most,
        )


def table(rows: Sequence[Row]) -> str:
    """All rows below their heads, columns aligned."""
    lines = [_HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    words, *figures, goal, verdict = zip(cells, widths, strict=True)
    return "  ".join(
        (
            words[0].ljust(words[1]),
            *(figure.rjust(width) for figure, width in figures),
            goal[0].ljust(goal[1]),
            verdict[0],
        )
    ).rstrip()
