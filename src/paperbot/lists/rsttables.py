"""Tables of reStructuredText as blocks: list-table, csv-table, grid and simple tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from paperbot.lists.blocks import Block, inline
from paperbot.lists.inline import Text

Rows = list[tuple[int, list[str]]]
"""Rows as written, each with its raw line."""

_DIRECTIVE = re.compile(r"^\s*\.\. (list|csv)-table::")
_GRID = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
_SIMPLE = re.compile(r"^\s*=+(?:\s+=+)+\s*$")


def take(lines: list[str], at: int, told: Callable[[str], str]) -> tuple[Block, int] | None:
    """The table that begins at a line and the line after it, its raw lines emptied; else None.

    ``told`` rewrites a cell as Markdown.
    """
    found = _DIRECTIVE.match(lines[at])
    if found:
        reader = _list_table if found[1] == "list" else _csv_table
    elif _GRID.match(lines[at]):
        reader = _grid
    elif _SIMPLE.match(lines[at]):
        reader = _simple
    else:
        return None
    rows, end = reader(lines, at)
    if not rows:
        return None
    lines[at:end] = [""] * (end - at)
    cells: list[tuple[int, list[Text]]] = [
        (line, [inline(told(cell), line) for cell in row]) for line, row in rows
    ]
    return Block("table", at + 1, end, rows=cells), end


def _indented(lines: Sequence[str], begin: int) -> int:
    """The line after the indented block that follows a directive."""
    at = begin + 1
    while at < len(lines) and (not lines[at].strip() or lines[at][:1] in " \t"):
        at += 1
    while at > begin + 1 and not lines[at - 1].strip():
        at -= 1
    return at


def _list_table(lines: Sequence[str], begin: int) -> tuple[Rows, int]:
    """Rows ``* - cell`` with cells ``- cell``."""
    rows: Rows = []
    end = _indented(lines, begin)
    for at in range(begin + 1, end):
        line = lines[at]
        if found := re.match(r"\s+\* -\s?(.*)", line):
            rows.append((at + 1, [found[1]]))
        elif rows and (found := re.match(r"\s+-(?:\s(.*)|$)", line)):
            rows[-1][1].append(found[1] or "")
        elif rows and line.strip():
            rows[-1][1][-1] += " " + line.strip()
    return rows, end


def _csv_table(lines: Sequence[str], begin: int) -> tuple[Rows, int]:
    """Rows separated by commas, their header in an option."""
    end = _indented(lines, begin)
    rows: Rows = []
    for at in range(begin + 1, end):
        words = lines[at].strip()
        option = re.match(r":([\w-]+):\s*(.*)", words)
        if option and option[1] == "header":
            words = option[2]
        elif option or not words:
            continue
        rows += [(at + 1, row) for row in csv.reader(io.StringIO(words), skipinitialspace=True)]
    return rows, end


def _grid(lines: Sequence[str], begin: int) -> tuple[Rows, int]:
    """Cells between ``|``; a row may take several lines."""
    rows: Rows = []
    at, fresh = begin, False
    while at < len(lines) and lines[at].strip()[:1] in ("+", "|"):
        line = lines[at].strip()
        if line[0] == "+":
            fresh = True
        else:
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if fresh or not rows or len(cells) != len(rows[-1][1]):
                rows.append((at + 1, cells))
            else:
                both = zip(rows[-1][1], cells, strict=True)
                rows[-1] = (rows[-1][0], [f"{one} {more}".strip() for one, more in both])
            fresh = False
        at += 1
    return rows, at


def _simple(lines: Sequence[str], begin: int) -> tuple[Rows, int]:
    """Columns as wide as the ``=`` above them; a line without a first cell goes on."""
    spans = [found.span() for found in re.finditer(r"=+", lines[begin])]
    rows: Rows = []
    at, rules = begin + 1, 1
    while at < len(lines):
        line = lines[at]
        if _SIMPLE.match(line):
            rules += 1
            if rules == 3 or not _goes_on(lines, at):
                return rows, at + 1
        elif line.strip() and not re.fullmatch(r"[\s-]+", line):
            ends = [start for start, _ in spans[1:]] + [len(line) + 1]
            cells = [line[start:end].strip() for (start, _), end in zip(spans, ends, strict=True)]
            if cells[0] or not rows:
                rows.append((at + 1, cells))
            else:
                both = zip(rows[-1][1], cells, strict=True)
                rows[-1] = (rows[-1][0], [f"{one} {more}".strip() for one, more in both])
        at += 1
    return [], begin + 1


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether rows follow a rule, which then parts the header from them."""
    for line in lines[at + 1 : at + 500]:
        if _SIMPLE.match(line):
            return True
        if not line.strip():
            return False
    return False
