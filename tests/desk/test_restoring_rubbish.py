"""Whatever is imported, it is taken over whole, or it is refused and nothing has changed."""

import json
import random
from pathlib import Path

import pytest

from backtimer.adapters.settings_edit import document_of
from backtimer.reports.json import render
from tests.desk.desks import Program
from tests.scale import scaled, seed
from tests.system.rubbish import ODD_TEXTS, damaged


def lived(program: Program) -> None:
    """A day with something of everything."""
    for words in ("start", "pain 6", "pause", "resume"):
        program.told(words)
        program.wait(1)
    program.wait(18)
    program.told("off")
    program.told("pain", "4", "--note", "after “it”\n🧊")
    program.told("switch heat")
    program.wait(100)
    program.told("skip")
    program.wait(60)
    program.told("end")


def changed(chance: random.Random, text: str) -> bytes:
    """The backup `text` with one thing wrong, or with many."""
    if chance.random() < 0.4:
        return damaged(chance, text.encode())
    backup = json.loads(text)
    events = backup["events"]
    event = chance.choice(events)
    match chance.randrange(7):
        case 0:
            events.append(event)
        case 1:
            chance.shuffle(events)
        case 2:
            event["at"]["boot_s"] = chance.choice((1e18, -1e18, "0", None, 0, float("nan")))
        case 3:
            event["at"]["wall"] = chance.choice(("2999-01-01T00:00:00+00:00", "0001-01-01", 5, ""))
        case 4:
            event[chance.choice(tuple(event))] = chance.choice((*ODD_TEXTS, None, [], {}, 10**30))
        case 5:
            backup["settings"][chance.choice(("volume", "ice_min", "protocols", "x"))] = (
                chance.choice((*ODD_TEXTS, None, -1, [], {"manual": {"heat_min": 500}}))
            )
        case _:
            del event[chance.choice(tuple(event))]
    return json.dumps(backup).encode()


@pytest.mark.scaled
@pytest.mark.timeout(scaled(ci=300, soak=24 * 3600))
def test_any_backup_is_taken_over_whole_or_changes_nothing(tmp_path: Path) -> None:
    chance = random.Random(seed(5))  # noqa: S311 - the same ones each time
    program, file = Program(), tmp_path / "backup.json"
    lived(program)
    text = render(program.store.episodes(), document_of(program.settings.current))
    events, settings, taken = list(program.store.events), program.settings.current, 0
    for _ in range(scaled(ci=2_000, soak=20_000)):
        file.write_bytes(changed(chance, text))
        reply = program.ask("import", str(file), "--replace")
        if reply["status"] == 0:
            taken += 1
            file.write_text(text, "utf-8")
            program.told("import", str(file), "--replace")
        assert program.store.events == events, reply
        assert program.settings.current == settings, reply
        assert len(reply["err"]) < 400
        assert "\n" not in reply["err"]
    assert 0 < taken < scaled(ci=1_000, soak=10_000), "some are sound, most are not"
