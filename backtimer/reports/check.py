"""What `backtimer check` tells: every way to the person, how far it works, and how to mend it."""

from collections.abc import Iterable
from typing import Any

from backtimer.domain.reach import Finding, State, caution
from backtimer.domain.words import tr


def as_json(findings: Iterable[Finding]) -> dict[str, Any]:
    """All of it for a script."""
    return {
        "channels": [
            {"name": str(each.way), "state": str(each.state), "why": each.why, "fix": each.fix}
            for each in findings
        ]
    }


def as_text(findings: Iterable[Finding]) -> str:
    """A line for each way, and one for how to mend it."""
    found = tuple(findings)
    lines = [line for each in found for line in _lines(each)]
    return "\n".join((*lines, caution(found)) if caution(found) else lines)


def _lines(finding: Finding) -> list[str]:
    told = f"{_state(finding):<8} {finding.way:<16} {finding.why}".rstrip()
    return [told, f"{'':<25} {finding.fix}"] if finding.fix else [told]


def _state(finding: Finding) -> str:
    match finding.state:
        case State.WORKS:
            return tr("works")
        case State.BROKEN:
            return tr("broken") if finding.is_wanted else tr("off")
        case State.UNKNOWN:
            return tr("unknown")
