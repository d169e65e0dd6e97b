"""HTML inside Markdown: folded parts, headings, tables and lists; the rest is ornament."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paperbot.lists.blocks import Block, inline
from paperbot.lists.details import read_detail, read_draft
from paperbot.lists.draft import Draft, split_images
from paperbot.lists.inline import Text
from paperbot.lists.items import has_paper_link, is_entry_paragraph
from paperbot.lists.tables import read as read_table
from paperbot.lists.text import key, squeeze
from paperbot.lists.venues import published
from paperbot.lists.wording import COMMENT, heading_words

if TYPE_CHECKING:
    from paperbot.lists.walk import Walk

FOLD_LEVEL = 30
"""Deeper than any heading and bold line: a fold ends where it closes."""

_PART = re.compile(
    r"<(?P<close>/?)(?P<tag>details|summary|h[1-6]|p|div|center|br|section)\b[^>]*>", re.I
)
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_REGION = re.compile(r"^ {0,3}<(table|ul|ol)\b", re.I)
_IDLE_WORDS = (
    r"click|tap|press|expand|collapse|show|hide|see|view|details?|more|unfold|fold|toggle|full|list|open"
    r"|read|papers?|table|here|to|for|the|of|all|me|this|content|contents|section|entries|items?|and|or"
    r"|on|arrow|below|it"
)
_IDLE = re.compile(rf"(?i)(?:\W*\b(?:{_IDLE_WORDS})\b)*\W*")
"""A summary that only asks to be clicked."""


def lift_regions(lines: list[str]) -> list[Block]:
    """Cuts HTML tables and lists out of raw lines (which become empty) as blocks of their own.

    Markdown ends an HTML block at an empty line, HTML does not.
    """
    found: list[Block] = []
    fenced: str | None = None
    at, left = 0, 10 * len(lines) + 1000
    last = {tag: _last_close(lines, tag) for tag in ("table", "ul", "ol")}
    while at < len(lines):
        fence = _FENCE.match(lines[at])
        if fence and fenced in (None, fence[1]):
            fenced = None if fenced else fence[1]
        region = None if fenced else _REGION.match(lines[at])
        end = None
        if region and at <= last[region[1].lower()] and left > 0:
            end = _region_end(lines, at, region[1].lower())
            left -= (end or len(lines)) - at
        if region and end is not None:
            raw = "\n".join(lines[at : end + 1])
            found.append(Block("html", at + 1, end + 1, raw=raw))
            lines[at : end + 1] = [""] * (end + 1 - at)
            at = end
        at += 1
    return found


def _last_close(lines: list[str], tag: str) -> int:
    """The last line on which such an element closes; -1 where none does."""
    close = f"</{tag}"
    return next((at for at in range(len(lines) - 1, -1, -1) if close in lines[at].lower()), -1)


def _region_end(lines: list[str], begin: int, tag: str) -> int | None:
    """The line where a table or list closes, or None where it never does."""
    depth = 0
    opens = re.compile(rf"<(/?){tag}\b", re.I)
    for at in range(begin, min(len(lines), begin + 20_000)):
        for found in opens.finditer(lines[at]):
            depth += -1 if found[1] else 1
        if depth <= 0:
            return at
    return None


def spoken(block: Block) -> tuple[int, int]:
    """The lines of an HTML block that are no comment; an empty range where all are."""
    words = COMMENT.sub("", block.raw)
    if not words.strip():
        return block.end + 1, block.end
    before = len(block.raw) - len(block.raw.lstrip())
    if block.raw.lstrip().startswith("<!--"):
        before = COMMENT.match(block.raw, before).end()  # type: ignore[union-attr]
    return block.line + block.raw.count("\n", 0, before), block.end


def read(walk: Walk, block: Block, following: Sequence[Block]) -> None:
    """Reads one HTML block; ``following`` tells what a fold that opens here holds."""
    raw = COMMENT.sub(lambda found: "\n" * found[0].count("\n"), block.raw)
    opener = re.match(r"\s*<(table|ul|ol)\b", raw, re.I)
    if opener:
        if opener[1].lower() == "table":
            read_table(walk, table_rows(raw, block.line), block.line, block.end)
        else:
            for item in list_items(raw, block.line):
                walk.item(item)
        return
    _read_parts(walk, raw, block.line, following)


def _read_parts(walk: Walk, raw: str, line: int, following: Sequence[Block]) -> None:
    """Folds, headings and running text, in order."""
    at, inside = 0, ""
    for found in [*_PART.finditer(raw), None]:
        end = found.start() if found else len(raw)
        words = raw[at:end]
        here = line + raw.count("\n", 0, at + len(words) - len(words.lstrip()))
        if inside == "summary":
            _open_fold(walk, inline(words.replace("\n", " "), here), here, raw[end:], following)
        elif inside.startswith("h") and squeeze(words):
            walk.enter(int(inside[1]), heading_words(inline(words.replace("\n", " "), here)), here)
        elif words.strip():
            _running_text(walk, words, here)
        if found is None:
            return
        at = found.end()
        tag = found["tag"].lower()
        inside = "" if found["close"] or tag not in _TITLED else tag
        if tag == "details" and found["close"]:
            close_fold(walk)


_TITLED = {"summary", "h1", "h2", "h3", "h4", "h5", "h6"}


def _running_text(walk: Walk, words: str, line: int) -> None:
    text = inline(words.strip("\n"), line)
    if walk.fold_entry is not None:
        read_detail(walk.fold_entry, text, walk.habits, walk.name)
    elif not walk.furniture and is_entry_paragraph(text, walk.habits):
        draft = read_draft(text, walk.habits, walk.name)
        if draft is not None:
            walk.add(draft)
    else:
        walk.introduce(split_images(text)[0].text, line)


def _open_fold(walk: Walk, summary: Text, line: int, rest: str, following: Sequence[Block]) -> None:
    """A fold is a section, an entry, or mere folding."""
    words = squeeze(split_images(summary)[0].text)
    draft: Draft | None = None
    if not walk.furniture and _is_entry(walk, summary, rest, following):
        draft = read_draft(summary, walk.habits, walk.name)
    walk.folds.append(draft)
    if draft is not None:
        draft.line = line
        return
    heading = heading_words(summary)
    idle = _IDLE.fullmatch(words) or (walk.path and _near(heading, walk.path[-1]))
    if not idle and len(heading) <= 90:
        walk.enter(FOLD_LEVEL + len(walk.folds), heading, line)


def _near(one: str, other: str) -> bool:
    return key(one) == key(other)


def _is_entry(walk: Walk, summary: Text, rest: str, following: Sequence[Block]) -> bool:
    """Whether a summary is a title and the fold holds its details."""
    words = squeeze(summary.text)
    if len(words.split()) < 3:
        return False
    inner: list[Block] = []
    for block in following:
        if block.kind == "heading" or (block.kind == "html" and "</details" in block.raw.lower()):
            break
        inner.append(block)
    if any(
        block.kind == "table" or (block.kind == "list" and _holds_entries(block)) for block in inner
    ):
        return False
    told = published(words, walk.habits.this_year)
    return has_paper_link(summary) or told.year is not None or "http" in rest


def _holds_entries(block: Block) -> bool:
    """Whether a list has two bullets that lead to papers."""
    firsts = [child.children[0].text for child in block.children if child.children]
    return sum(has_paper_link(text) for text in firsts) > 1


def close_fold(walk: Walk) -> None:
    """The innermost fold ends: its section is left, or its entry is complete."""
    if not walk.folds:
        return
    level = FOLD_LEVEL + len(walk.folds)
    draft = walk.folds.pop()
    walk.leave(level)
    if draft is not None:
        walk.add(draft)


_CELL = re.compile(r"<(/?)(tr|td|th)\b([^>]*)>", re.I)


def table_rows(raw: str, line: int) -> list[tuple[int, list[Text]]]:
    """The rows of an HTML table; a cell that spans rows stands in each of them."""
    rows: list[tuple[int, list[Text]]] = []
    hanging: dict[int, tuple[int, Text]] = {}
    marks = list(_CELL.finditer(raw))
    for at, mark in enumerate(marks):
        tag = mark[2].lower()
        if mark[1] or (tag != "tr" and not rows):
            continue
        here = line + raw.count("\n", 0, mark.start())
        if tag == "tr":
            rows.append((here, []))
            continue
        end = next((m.start() for m in marks[at + 1 :]), len(raw))
        cell = inline(re.sub(r"\s*\n\s*", " ", raw[mark.end() : end]).strip(), here)
        _put_cell(rows[-1][1], cell, mark[3], hanging)
    return [(at, cells) for at, cells in rows if cells]


def _put_cell(
    cells: list[Text], cell: Text, given: str, hanging: dict[int, tuple[int, Text]]
) -> None:
    while (left := hanging.get(len(cells), (0, cell)))[0] > 0:
        hanging[len(cells)] = (left[0] - 1, left[1])
        cells.append(left[1])
    if spans := re.search(r"rowspan\s*=\s*[\"']?(\d{1,3})", given, re.I):
        hanging[len(cells)] = (int(spans[1]) - 1, cell)
    cells.append(cell)


_ITEM = re.compile(r"<(/?)(ul|ol|li)\b[^>]*>", re.I)


def list_items(raw: str, line: int) -> list[Block]:
    """The items of an HTML list as blocks, nested lists as their children."""
    root = Block("list", line, line)
    open_lists, item, begin = [root], None, 0
    for mark in _ITEM.finditer(raw):
        closing, tag = bool(mark[1]), mark[2].lower()
        if item is not None:
            _fill(item, raw, begin, mark.start(), line)
            item = None
        here = line + raw.count("\n", 0, mark.start())
        if tag == "li" and not closing:
            item, begin = Block("item", here, here), mark.end()
            open_lists[-1].children.append(item)
        elif tag != "li" and not closing and open_lists[-1].children and len(open_lists) < 20:
            nested = Block("list", here, here)
            open_lists[-1].children[-1].children.append(nested)
            open_lists.append(nested)
        elif tag != "li" and closing and len(open_lists) > 1:
            open_lists.pop()
    if item is not None:
        _fill(item, raw, begin, len(raw), line)
    return root.children


def _fill(item: Block, raw: str, begin: int, end: int, line: int) -> None:
    words = re.sub(r"\s*\n\s*", " ", raw[begin:end]).strip()
    here = line + raw.count("\n", 0, begin)
    item.children.insert(0, Block("paragraph", here, here, text=inline(words, here)))
