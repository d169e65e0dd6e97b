"""One pass over a list: blocks become sections, entries, introductions, notes and furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbot.lists import htmlblocks, tables
from paperbot.lists.below import details_below, heads_entry, is_title_line
from paperbot.lists.blocks import Block
from paperbot.lists.details import read_detail, read_draft
from paperbot.lists.draft import BARE_URL, Draft, split_images, with_urls
from paperbot.lists.items import (
    holds_contents,
    is_contents,
    is_entry_heading,
    is_entry_paragraph,
    is_furniture_item,
    is_pseudo_heading,
    split_entries,
)
from paperbot.lists.nesting import holds_works, is_group, second_titles, works_below
from paperbot.lists.outline import BOLD_LEVEL, GROUP_LEVEL, Outline
from paperbot.lists.wording import heading_words, texts_of

DIVIDER = re.compile(r"\s*([-–—=~_])\1+ ?\w[^\r\n]{0,60}? ?\1{2,}[ \r]*(?:\n|$)")
""""--- Before 2020 ---" on a line of its own."""


class Walk(Outline):
    """One pass over the blocks of a list."""

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
            self.ledger.place(block.line, block.end)
            return 1
        if block.kind == "heading":
            return self.heading(blocks, at)
        if block.kind == "paragraph":
            return self.paragraph(blocks, at)
        if block.kind == "list":
            for item in block.children:
                self.item(item)
        elif block.kind == "table":
            tables.read(self, block.rows, block.line, block.end)
        elif block.kind == "html":
            htmlblocks.read(self, block, blocks[at + 1 : at + 12])
            if not self.furniture:
                self.ledger.place(*htmlblocks.spoken(block))
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
            self.ledger.place(block.line, block.end)
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
            self.ledger.place(block.line, blocks[at + taken - 1].end)
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
        self.ledger.place(block.line, block.end)
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
        self.ledger.place(blocks[at].line, blocks[end - 1].end)
        return end - at

    def paragraph(self, blocks: Sequence[Block], at: int) -> int:
        """A paragraph: a bold line as heading, an entry, or prose."""
        block = blocks[at]
        if divider := DIVIDER.match(block.text.text):
            self.introduce(divider[0], block.line)
            block.text = block.text.cut(divider.end(), len(block.text.text))
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        told = 0
        if after is not None and not self.furniture and is_title_line(block.text):
            told = details_below(blocks, at, self.habits)
        if told:
            draft = read_draft(block.text, self.habits, self.name)
            if draft is not None:
                for below in blocks[at + 1 : at + 1 + told]:
                    self.detail(draft, below)
                self.add(draft)
                self.ledger.place(block.line, blocks[at + told].end)
                return 1 + told
        if is_pseudo_heading(block, after, self.habits):
            self.enter(BOLD_LEVEL, heading_words(block.text), block.line)
            self.ledger.place(block.line, block.end)
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
                self.ledger.place(block.line, block.end)
                return 1
        self.introduce(split_images(block.text)[0].text, block.line, block.end)
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
        if self.furniture:
            self.keep_house(block.line, block.end)
            return
        if index or is_contents(first.text):
            self.ledger.skip(block.line, block.end, "a table of contents")
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
            self.no_title(first)
            self.blocks(rest)
            return
        self.ledger.place(block.line, block.end)
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

    def no_title(self, first: Block) -> None:
        """A bullet without a title: words for the introduction, or a link that lacks its name."""
        words = split_images(first.text)[0].text
        if BARE_URL.search(words) and not re.search(r"\w", BARE_URL.sub(" ", words)):
            self.report(first.line, "a link without a title", "write its title beside it")
            self.ledger.place(first.line, first.end)
            return
        self.introduce(words, first.line, first.end)

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
        self.ledger.place(first.line, first.end)
        self.blocks(rest)
        self.leave(level)

    def quote(self, block: Block) -> None:
        """A quotation: the note of the entry before it, else part of the introduction."""
        if any(child.kind in ("list", "table", "heading") for child in block.children):
            self.blocks(block.children)
            return
        for text in texts_of(block):
            words = with_urls(split_images(text)[0])
            end = text.line + text.text.count("\n")
            if self.last is not None:
                self.last.take_note(words, self.name, text.line)
                self.ledger.place(text.line, end)
            else:
                self.introduce(words, text.line, end)
