"""Markdown lists: a text to a finished walk."""

from __future__ import annotations

import re

from paperbot.lists import htmlblocks, rst
from paperbot.lists.blocks import Block, read_blocks
from paperbot.lists.lead import Habits
from paperbot.lists.walk import Walk


def read_markdown(source: str, name: str, habits: Habits) -> Walk:
    """Reads a Markdown text whose front matter is blanked out."""
    lines = source.split("\n")
    raw = list(lines)
    indent_bullets(lines)
    return _read(raw, lines, htmlblocks.lift_regions(lines), name, habits)


_NUMBERED = re.compile(r"(\d{1,4}[.)][ \t]+)\S")
_INDENTED = re.compile(r"( {1,4})[-*+][ \t]")


def indent_bullets(lines: list[str]) -> None:
    """Indents bullets under a number as far as Markdown asks, where their author stopped short.

    ``1. Title`` with ``  - detail`` below it is meant as its detail; Markdown wants three blanks.
    """
    width = short = 0
    for at, line in enumerate(lines):
        if not line.strip():
            continue
        if found := _NUMBERED.match(line):
            width, short = len(found[1]), 0
        elif line[0] not in " \t":
            width = 0
        elif width and (found := _INDENTED.match(line)) and len(found[1]) < width and not short:
            short = width - len(found[1])
        if width and short and line[0] == " ":
            lines[at] = " " * short + line


def read_rst(source: str, name: str, habits: Habits) -> Walk:
    """Reads a reStructuredText."""
    lines = source.split("\n")
    raw = list(lines)
    return _read(raw, lines, rst.to_markdown(lines), name, habits)


def _read(raw: list[str], lines: list[str], lifted: list[Block], name: str, habits: Habits) -> Walk:
    walk = Walk(name, habits)
    blocks = read_blocks("\n".join(lines))
    if lifted:
        blocks = sorted([*blocks, *lifted], key=lambda block: block.line)
    walk.blocks(blocks)
    while walk.folds:
        htmlblocks.close_fold(walk)
    walk.problems += walk.ledger.unread(name, raw)
    return walk
