"""One pass over a list: blocks become sections, entries, introductions, notes and furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from paperbot.lists import htmlblocks, tables
from paperbot.lists.below import details_below, heads_entry, is_title_line
from paperbot.lists.blocks import Block
from paperbot.lists.details import read_detail, read_draft
from paperbot.lists.draft import Draft, clean_title, note_text, split_images
from paperbot.lists.evidence import FURNITURE
from paperbot.lists.inline import Text
from paperbot.lists.items import (
    holds_contents,
    is_contents,
    is_entry_heading,
    is_entry_paragraph,
    is_furniture_item,
    is_pseudo_heading,
    split_entries,
)
from paperbot.lists.lead import Habits
from paperbot.lists.nesting import holds_works, is_group, second_titles, works_below
from paperbot.lists.notes import NoteBook
from paperbot.lists.tags import read_venue_tag
from paperbot.lists.text import squeeze, unmark
from paperbot.lists.values import Problem
from paperbot.paper import SectionPath

DIVIDER = re.compile(r"\s*([-–—=~_])\1+ ?\w[^\r\n]{0,60}? ?\1{2,}[ \r]*(?:\n|$)")
""""--- Before 2020 ---" on a line of its own."""

BOLD_LEVEL = 7
GROUP_LEVEL = 9
"""Below the six levels of headings: bold lines, then bullets that group bullets."""


@dataclass(slots=True)
class Place:
    """A section as the walk finds it."""

    path: SectionPath
    line: int
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """An entry in its section."""

    draft: Draft
    section: SectionPath


class Walk:
    """One pass over the blocks of a list."""

    def __init__(self, name: str, habits: Habits) -> None:
        self.name, self.habits = name, habits
        self.entries: list[Placed] = []
        self.problems: list[Problem] = []
        self.places: dict[SectionPath, Place] = {}
        self.stack: list[tuple[int, str]] = []
        self.notes = NoteBook(name)
        self.last: Draft | None = None
        self.folds: list[Draft | None] = []

    @property
    def fold_entry(self) -> Draft | None:
        """The entry whose folded details the walk is in."""
        return self.folds[-1] if self.folds else None

    @property
    def path(self) -> SectionPath:
        """The section that the walk is in."""
        return tuple(heading for _, heading in self.stack)

    def report(self, line: int, what: str, do: str) -> None:
        """A line that could not be placed."""
        self.problems.append(Problem(self.name, line, what, do))

    def enter(self, level: int, heading: str, line: int) -> None:
        """A heading begins a section; deeper ones and its equals end."""
        self.leave(level)
        if heading:
            self.stack.append((level, heading))
            self.places.setdefault(self.path, Place(self.path, line))
        self.last = None

    def leave(self, level: int) -> None:
        """Ends the sections of this level and deeper."""
        if level <= 6:  # folds left open end with the heading over them
            for draft in [fold for fold in self.folds if fold is not None]:
                self.folds[self.folds.index(draft)] = None
                self.add(draft)
            if level <= 2:
                self.folds.clear()
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()

    @property
    def furniture(self) -> bool:
        """Whether the walk is in a part where a list keeps house."""
        headings = [heading for level, heading in self.stack if level < GROUP_LEVEL]
        return bool(headings) and bool(FURNITURE.match(headings[-1]))

    def introduce(self, words: str, line: int) -> None:
        """Prose of a section: its introduction."""
        words = note_text(words)
        if words and not self.furniture:
            self.places.setdefault(self.path, Place(self.path, line)).words.append(words)

    def add(self, draft: Draft) -> None:
        """An entry in the section at hand."""
        for _, heading in reversed(self.stack):
            tag = read_venue_tag(heading, this_year=self.habits.this_year)
            if tag is not None and tag.year is not None and draft.year is None:
                draft.year, draft.venue = tag.year, draft.venue or tag.venue
        draft.derive()
        for doubt in draft.doubts:
            self.report(draft.line, f"tag of “{short(draft.title)}”: {doubt}", "correct the tag")
        self.entries.append(Placed(draft, self.path))
        self.last = draft

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Walks blocks of one level, each knowing what follows it."""
        at = 0
        while at < len(blocks):
            at += self.block(blocks, at)

    def block(self, blocks: Sequence[Block], at: int) -> int:
        """One block; returns how many blocks it took."""
        block = blocks[at]
        if self.fold_entry is not None and block.kind not in ("heading", "html"):
            self.detail(self.fold_entry, block)
            return 1
        if block.kind == "heading":
            return self.heading(blocks, at)
        if block.kind == "paragraph":
            return self.paragraph(blocks, at)
        if block.kind == "list":
            for item in block.children:
                self.item(item)
        elif block.kind == "table":
            tables.read(self, block.rows)
        elif block.kind == "html":
            htmlblocks.read(self, block, blocks[at + 1 : at + 12])
        elif block.kind == "quote":
            self.quote(block)
        elif (
            block.kind == "code"
            and not block.level
            and re.search(r"https?://|^\s*[-*+] ", block.raw)
        ):
            self.report(
                block.line, "indented so far that Markdown takes it for code", "indent it less"
            )
        return 1

    def heading(self, blocks: Sequence[Block], at: int) -> int:
        """A heading: a section, an entry of its own, or the heading of a note."""
        block = blocks[at]
        text, _ = split_images(block.text)
        if is_entry_heading(text, self.habits):
            draft = read_draft(block.text, self.habits, self.name)
            if draft is not None:
                return self.entry_with_body(draft, blocks, at)
        heading = heading_words(text)
        taken = self.notes.take(blocks, at, [placed.draft for placed in self.entries])
        if taken:
            return taken
        end = at + 1
        while end < len(blocks) and blocks[end].kind not in ("heading", "rule"):
            end += 1
        deeper = (
            end < len(blocks) and blocks[end].kind == "heading" and blocks[end].level > block.level
        )
        if (
            not deeper
            and not self.furniture
            and heads_entry(text, blocks[at + 1 : end], self.habits)
        ):
            draft = read_draft(block.text, self.habits, self.name)
            if draft is not None:
                return self.entry_with_body(draft, blocks, at)
        self.enter(block.level, heading, block.line)
        return 1

    def entry_with_body(self, draft: Draft, blocks: Sequence[Block], at: int) -> int:
        """A heading that is an entry: what stands below it are its details."""
        level = blocks[at].level
        self.leave(level)
        end = at + 1
        while end < len(blocks) and not (
            blocks[end].kind == "heading" and blocks[end].level <= level
        ):
            self.detail(draft, blocks[end])
            end += 1
        self.add(draft)
        return end - at

    def paragraph(self, blocks: Sequence[Block], at: int) -> int:
        """A paragraph: a bold line as heading, an entry, or prose."""
        block = blocks[at]
        if divider := DIVIDER.match(block.text.text):
            self.introduce(divider[0], block.line)
            block.text = block.text.cut(divider.end(), len(block.text.text))
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        told = 0 if self.furniture else details_below(blocks, at, self.habits)
        if told and is_title_line(block.text):
            draft = read_draft(block.text, self.habits, self.name)
            if draft is not None:
                for below in blocks[at + 1 : at + 1 + told]:
                    self.detail(draft, below)
                self.add(draft)
                return 1 + told
        if is_pseudo_heading(block, after, self.habits):
            self.enter(BOLD_LEVEL, heading_words(block.text), block.line)
            return 1
        if not self.furniture and is_entry_paragraph(block.text, self.habits):
            drafts = [
                read_draft(text, self.habits, self.name)
                for text in split_entries(block.text, self.habits) or [block.text]
            ]
            for draft in drafts:
                if draft is not None:
                    self.add(draft)
            if any(drafts):
                return 1
        self.introduce(split_images(block.text)[0].text, block.line)
        return 1

    def item(self, block: Block) -> None:
        """A bullet: an entry with its details, a group of entries, or furniture."""
        first = next((c for c in block.children if c.kind in ("paragraph", "heading")), None)
        rest = [child for child in block.children if child is not first]
        sublists = [child for child in rest if child.kind == "list"]
        if first is None:
            self.blocks(rest)
            return
        index = not first.text.links() and holds_contents(sublists)
        if index or is_contents(first.text) or self.furniture:
            if not self.furniture:
                self.blocks(sublists)
            return
        if sublists and is_group(first.text, sublists, self.habits):
            self.group(first, rest)
            return
        draft = (
            None
            if is_furniture_item(first.text)
            else read_draft(first.text, self.habits, self.name)
        )
        if draft is None:
            self.introduce(first.text.text, first.line)
            self.blocks(rest)
            return
        draft.line = block.line if block.line == first.line else draft.line
        children: list[Block] = []
        for child in rest:
            children += self.details(draft, child)
        self.add(draft)
        for other in second_titles(first.text, self.habits, draft):
            if (more := read_draft(other, self.habits, self.name)) is not None:
                more.line = draft.line
                self.add(more)
        for child in children:
            self.item(child)

    def details(self, draft: Draft, block: Block) -> list[Block]:
        """Reads a child block as details of an entry; returns the items that are entries."""
        if block.kind != "list":
            self.detail(draft, block)
            return []
        own: list[Block] = []
        works = works_below(block.children, self.habits, draft)
        for item, is_work in zip(block.children, works, strict=True):
            if is_work or holds_works(item, self.habits, draft):
                own.append(item)
            else:
                self.detail(draft, item)
        return own

    def detail(self, draft: Draft, block: Block) -> None:
        """Reads all texts of a block as details of an entry."""
        for text in texts_of(block):
            read_detail(draft, text, self.habits, self.name)

    def group(self, first: Block, rest: Sequence[Block]) -> None:
        """A bullet whose bullets are the entries: a section of its own."""
        level = GROUP_LEVEL + sum(1 for depth, _ in self.stack if depth >= GROUP_LEVEL)
        self.enter(level, heading_words(split_images(first.text)[0]), first.line)
        self.blocks(rest)
        self.leave(level)

    def quote(self, block: Block) -> None:
        """A quotation: the note of the entry before it, else part of the introduction."""
        if any(child.kind in ("list", "table", "heading") for child in block.children):
            self.blocks(block.children)
            return
        for text in texts_of(block):
            if self.last is not None:
                self.last.take_note(split_images(text)[0].text, self.name, text.line)
            else:
                self.introduce(split_images(text)[0].text, text.line)


def heading_words(text: Text) -> str:
    """A heading clean of markup and marks."""
    return squeeze(clean_heading(unmark(split_images(text)[0].text)))


def clean_heading(words: str) -> str:
    """The words of a heading without trailing colons, stars and anchors."""
    words = re.sub(
        r"\[?\s*(?:back to|go to|return to|↑) ?(?:the )?(?:top|contents?)\s*\]?",
        "",
        words,
        flags=re.I,
    )
    return clean_title(words) or squeeze(words).strip(" :#")


def texts_of(block: Block) -> Iterator[Text]:
    """All inline texts of a block and its children, in order."""
    if block.kind in ("paragraph", "heading"):
        yield block.text
    elif block.kind == "html":
        yield from htmlblocks.texts(block)
    elif block.kind == "table":
        for _, cells in block.rows:
            yield from cells
    for child in block.children:
        yield from texts_of(child)


def short(title: str) -> str:
    """A title short enough for a report."""
    return title if len(title) <= 60 else title[:57].rstrip() + "…"
