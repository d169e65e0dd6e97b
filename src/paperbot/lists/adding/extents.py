"""Where each entry of a text list begins and ends, by the blocks that its reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from paperbot.lists import htmlblocks, rst
from paperbot.lists.blocks import Block, read_blocks
from paperbot.lists.files import clean_lines
from paperbot.lists.frontmatter import read_front_matter
from paperbot.lists.values import Entry

Form = Literal["item", "paragraph", "heading", "row", "html", "fold"]


@dataclass(frozen=True, slots=True)
class Extent:
    """Raw lines of one entry, from 1, both inclusive; ``table`` is the table of a row."""

    begin: int
    end: int
    form: Form
    table: Block | None = None


def extents(text: str, name: str, entries: Sequence[Entry]) -> list[Extent | None]:
    """One extent an entry, ``None`` where no block begins on its line."""
    lines, _ = clean_lines(text, name)
    front = read_front_matter(lines)
    lines[: front.lines] = [""] * front.lines
    is_rst = name.lower().endswith(".rst")
    lifted = rst.to_markdown(lines) if is_rst else htmlblocks.lift_regions(lines)
    blocks = sorted([*read_blocks("\n".join(lines)), *lifted], key=lambda block: block.line)
    raw = re.split(r"\r\n|\r|\n", text)
    found: dict[int, Extent] = {}
    for extent in _all(blocks):
        found[extent.begin] = extent
    starts = [entry.line for entry in entries]
    return [_trim(_of(line, found, blocks, starts), raw) for line in starts]


def _all(blocks: Sequence[Block]) -> Iterator[Extent]:
    """Extents of all blocks, the inner after the outer."""
    for at, block in enumerate(blocks):
        if block.kind == "item":
            yield Extent(block.line, block.end, "item")
        elif block.kind == "paragraph":
            yield Extent(block.line, block.end, "paragraph")
        elif block.kind == "heading":
            yield Extent(block.line, _body_end(blocks, at), "heading")
        elif block.kind == "table":
            begins = [line for line, _ in block.rows] + [block.end + 1]
            for begin, after in pairwise(begins):
                yield Extent(begin, after - 1, "row", block)
        inner = block.children
        if block.kind == "item" and inner and inner[0].line == block.line:
            inner = inner[1:]
        yield from _all(inner)


def _body_end(blocks: Sequence[Block], at: int) -> int:
    """The last line of what stands under a heading, up to the next heading or rule."""
    end = blocks[at].end
    for block in blocks[at + 1 :]:
        if block.kind in ("heading", "rule"):
            break
        end = block.end
    return end


def _of(
    line: int, found: dict[int, Extent], blocks: Iterable[Block], starts: Sequence[int]
) -> Extent | None:
    if line in found:
        return found[line]
    for block in blocks:
        if block.kind == "html" and block.line <= line <= block.end:
            return _in_html(block, line, starts)
    return None


_CLOSE = re.compile(r"</(?:tr|li)\s*>", re.I)


def _in_html(block: Block, line: int, starts: Sequence[int]) -> Extent | None:
    """A row or item of an HTML table or list: up to its closing tag."""
    if not re.match(r"\s*<(?:table|ul|ol)\b", block.raw, re.I):
        return None
    raw = block.raw.split("\n")
    for at in range(line - block.line, len(raw)):
        if block.line + at > line and block.line + at in starts:
            return None
        if _CLOSE.search(raw[at]):
            return Extent(line, block.line + at, "html")
    return None


def _trim(extent: Extent | None, raw: Sequence[str]) -> Extent | None:
    """The extent without the blank lines at its end."""
    if extent is None:
        return None
    end = min(extent.end, len(raw))
    while end > extent.begin and not raw[end - 1].strip():
        end -= 1
    return Extent(extent.begin, end, extent.form, extent.table)
