"""Reads the texts of the guide: `resources/guide/*.md`, a small part of Markdown.

Understood are `# title`, `## heading`, `- point` and paragraphs; the last heading is “Sources”.
"""

from enum import Enum
from functools import cache
from typing import NamedTuple

from backtimer.paths import resource

# In the order in which they are listed.
HELP, ABOUT = "help", "about"
KEYS = ("ice", "heat", "positions", "moving", "water", "medicines", HELP, ABOUT)
SOURCES = "Sources"


class BlockKind(Enum):
    """What a block of a text is."""

    HEADING = "heading"
    POINT = "point"
    PARAGRAPH = "paragraph"


class Block(NamedTuple):
    """One heading, point or paragraph, in plain words."""

    kind: BlockKind
    text: str


class GuideText(NamedTuple):
    """One page of the guide; `sources` are the names of what it rests on."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    sources: tuple[str, ...]


@cache
def guide_text(key: str) -> GuideText:
    """The text `key`, one of KEYS. Raises FileNotFoundError for another."""
    return parsed(key, resource(f"guide/{key}.md").read_text(encoding="utf-8"))


def parsed(key: str, markdown: str) -> GuideText:
    """`markdown` as blocks, its sources apart."""
    first, _, rest = markdown.strip().partition("\n")
    told, _, named = rest.partition(f"\n## {SOURCES}\n")
    sources = tuple(each.text for each in _blocks(named))
    return GuideText(key, first.removeprefix("# ").strip(), tuple(_blocks(told)), sources)


def _blocks(markdown: str) -> list[Block]:
    blocks = []
    for chunk in markdown.split("\n\n"):
        lines = [line.strip() for line in chunk.strip().splitlines()]
        if lines and all(line.startswith("- ") for line in lines):
            blocks += [Block(BlockKind.POINT, line.removeprefix("- ")) for line in lines]
        elif lines and lines[0].startswith("## "):
            blocks.append(Block(BlockKind.HEADING, lines[0].removeprefix("## ")))
        elif lines:
            blocks.append(Block(BlockKind.PARAGRAPH, " ".join(lines)))
    return blocks
