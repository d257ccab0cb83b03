"""How far up the ladder a removal is that nobody has answered yet."""

from dataclasses import dataclass, replace

from backtimer.domain.clock import MINUTE_S, Moment
from backtimer.domain.ladder import CLIMBING, GIVES_UP_AFTER_S, Ladder, Rung

# Nobody looked at the clock for so long, in real seconds: the machine slept, or the program
# stood still. Whoever woke it is there, and hears it from the beginning.
ASLEEP_S = 2 * MINUTE_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """The climb that began at `began`, of which `said` rungs were said; `seen` is the last look.

    `ahead_s`: by how many seconds it is early, because something failed to reach the person.
    All lengths are real seconds; `speed` is that of the clock.
    """

    ladder: Ladder
    speed: float
    began: Moment
    seen: Moment
    said: int = 0
    ahead_s: float = 0.0

    def at(self, now: Moment) -> "Climb":
        """The climb as it is seen `now`: the same, or from the beginning after a sleep."""
        if now.since(self.seen) / self.speed > ASLEEP_S:
            return replace(self, began=now, seen=now, said=0, ahead_s=0.0)
        return replace(self, seen=now)

    def come(self) -> int:
        """How many rungs have come by the last look."""
        return self.ladder.said_by(self._elapsed_s(self.seen))

    def step(self, silenced: Moment | None) -> Rung | None:
        """What is to be done at the last look; None where nothing is, or it was `silenced`."""
        come = self.come()
        if come == self.said or self._is_silent(self.ladder.rungs[come - 1], silenced):
            return None
        return self.ladder.step(self.said, come)

    def has_said(self) -> "Climb":
        """The climb after all that has come was said, or left out."""
        return replace(self, said=self.come())

    def hurried(self) -> "Climb":
        """The climb with its next rung now, unless it only repeats itself."""
        if not 0 < self.said <= CLIMBING:
            return self
        early_s = self.ladder.rungs[self.said].after_s - self._elapsed_s(self.seen)
        return replace(self, ahead_s=self.ahead_s + max(0.0, early_s))

    def gives_up(self) -> bool:
        """Whether it has lasted as long as it may."""
        return self._elapsed_s(self.seen) >= GIVES_UP_AFTER_S

    def next_in_s(self, now: Moment) -> float | None:
        """Seconds until there is something to do; None once it gave up."""
        elapsed_s = self._elapsed_s(now)
        if self.gives_up():
            return None
        coming = [each.after_s for each in self.ladder.rungs[self.said : self.said + 1]]
        return max(0.0, min([*coming, float(GIVES_UP_AFTER_S)]) - elapsed_s)

    def _elapsed_s(self, now: Moment) -> float:
        return now.since(self.began) / self.speed + self.ahead_s

    def _is_silent(self, rung: Rung, silenced: Moment | None) -> bool:
        """Whether the person wanted to hear nothing of this one: the repeat after they said so."""
        if silenced is None or silenced.since(self.began) < 0:
            return False
        since_s = self._elapsed_s(silenced)
        return rung.after_s <= since_s + self.ladder.repeat_s(since_s)
