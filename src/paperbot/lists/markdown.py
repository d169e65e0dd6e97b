"""Markdown lists: a text to a finished walk."""

from __future__ import annotations

from paperbot.lists import htmlblocks, rst
from paperbot.lists.blocks import Block, read_blocks
from paperbot.lists.lead import Habits
from paperbot.lists.walk import Walk


def read_markdown(source: str, name: str, habits: Habits) -> Walk:
    """Reads a Markdown text whose front matter is blanked out."""
    lines = source.split("\n")
    return _read(lines, htmlblocks.lift_regions(lines), name, habits)


def read_rst(source: str, name: str, habits: Habits) -> Walk:
    """Reads a reStructuredText."""
    lines = source.split("\n")
    return _read(lines, rst.to_markdown(lines), name, habits)


def _read(lines: list[str], lifted: list[Block], name: str, habits: Habits) -> Walk:
    walk = Walk(name, habits)
    blocks = read_blocks("\n".join(lines))
    if lifted:
        blocks = sorted([*blocks, *lifted], key=lambda block: block.line)
    walk.blocks(blocks)
    while walk.folds:
        htmlblocks.close_fold(walk)
    return walk
