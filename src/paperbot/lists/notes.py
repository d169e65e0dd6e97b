"""Notes below a list: headings that name a paper by its title, and the text under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from paperbot.lists.blocks import Block
from paperbot.lists.draft import Draft, clean_title, note_text, split_images, with_urls
from paperbot.lists.links import host_role
from paperbot.lists.tags import Tag, read_citation_tag
from paperbot.lists.text import STAR, key, squeeze
from paperbot.lists.values import LooseNote, Problem
from paperbot.paper import Note

NAME_LIKENESS = 90
"""How alike (0–100) a heading and a title must be; "tansformer-xl" reaches 96."""

_NUMBER = re.compile(r"^\s*(?:\(?\d{1,4}[.)]|\[\d{1,4}\])\s*")
_LEAD_TAG = re.compile(r"^\s*\[([^\]\n]{1,40})\]\s*")


class NoteBook:
    """Gathers the notes of one list while it is walked."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.loose: list[LooseNote] = []
        self.problems: list[Problem] = []
        self._level: int | None = None
        self._names: dict[str, Draft] = {}
        self._known = 0

    def take(self, blocks: Sequence[Block], at: int, drafts: Sequence[Draft]) -> int:
        """Takes a note whose heading stands at ``at``; returns the blocks taken, 0 if it is none.

        Headings that follow each other with nothing between share the body under the last.
        """
        level = blocks[at].level
        if level < 2 or self._holds_entries(blocks, at):
            return 0
        first = self._find(blocks[at], drafts)
        if first is None and not (self._level == level and _NUMBER.match(blocks[at].text.text)):
            return 0
        heads = [blocks[at]]
        end = at + 1
        while end < len(blocks) and blocks[end].kind == "heading" and blocks[end].level == level:
            heads.append(blocks[end])
            end += 1
        body: list[Block] = []
        while end < len(blocks) and not (
            blocks[end].kind == "heading" and blocks[end].level <= level
        ):
            body.append(blocks[end])
            end += 1
        self._level = level
        for head in heads:
            self._place(head, body, drafts)
        return end - at

    def _holds_entries(self, blocks: Sequence[Block], at: int) -> bool:
        """Whether links to papers stand below the heading: then it is a section."""
        level = blocks[at].level
        for block in blocks[at + 1 :]:
            if block.kind == "heading" and block.level <= level:
                return False
            if block.kind == "table" or any(
                host_role(span.url) in ("paper", "pdf")
                for text in _texts(block)
                for span in text.links()
            ):
                return True
        return False

    def _find(self, head: Block, drafts: Sequence[Draft]) -> Draft | None:
        """The entry whose title or nickname the heading names."""
        for draft in drafts[self._known :]:
            for name in (draft.title, *draft.aliases):
                self._names.setdefault(key(name), draft)
        self._known = len(drafts)
        words = _heading_title(head)
        wanted = key(words)
        if len(wanted) < 5:
            return None
        if wanted in self._names:
            found = self._names[wanted]
            return (
                found
                if len(words.split()) > 1 or self._level or _NUMBER.match(head.text.text)
                else None
            )
        if len(wanted) < 9 or len(self._names) > 20_000:
            return None
        alike = process.extract(
            wanted, self._names.keys(), scorer=fuzz.ratio, limit=5, score_cutoff=NAME_LIKENESS
        )
        return next(
            (self._names[name] for name, _, _ in alike if _numbers(wanted) == _numbers(name)), None
        )

    def _place(self, head: Block, body: Sequence[Block], drafts: Sequence[Draft]) -> None:
        draft = self._find(head, drafts)
        words = body_words(body)
        line = head.line
        starred = bool(STAR.search(head.text.text))
        if draft is None:
            note = Note(words or _heading_title(head), self.name, line)
            self.loose.append(LooseNote(_heading_title(head), note, int(starred)))
            return
        draft.starred = draft.starred or starred
        tag = _heading_tag(head)
        if tag is not None:
            self._compare(draft, tag, line)
        if words:
            draft.notes.append(Note(words, self.name, line))

    def _compare(self, draft: Draft, tag: Tag, line: int) -> None:
        """The entry's own line beats the heading of its note; what differs is reported."""
        for what, own, other in (
            ("citations", draft.citations, tag.citations),
            ("year", draft.year, tag.year),
            ("venue", draft.venue, tag.venue),
        ):
            if other is None or own == other:
                continue
            if own is None:
                setattr(draft, what, other)
                continue
            self.problems.append(
                Problem(
                    self.name, line,
                    f"note heading says {what} {other}, the entry on line {draft.line} says {own}: "
                    "the entry's line is kept",
                    "make both the same",
                )
            )  # fmt: skip


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)


def _heading_title(head: Block) -> str:
    """A heading's words without number, tag and marks."""
    words = split_images(head.text)[0].text
    words = _LEAD_TAG.sub("", _NUMBER.sub("", words))
    return clean_title(words) or squeeze(words)


def _heading_tag(head: Block) -> Tag | None:
    found = _LEAD_TAG.match(_NUMBER.sub("", head.text.text))
    if not found:
        return None
    return read_citation_tag(found[1], _heading_title(head), this_year=2999)


def _texts(block: Block) -> Iterator:  # type: ignore[type-arg]
    if block.kind in ("paragraph", "heading"):
        yield block.text
    for child in block.children:
        yield from _texts(child)


def body_words(body: Sequence[Block]) -> str:
    """The running text of a note: images and HTML left out, one line for each line."""
    lines: list[str] = []
    for block in body:
        for text in _texts(block):
            words = note_text(with_urls(split_images(text)[0]))
            if words:
                lines.append(words)
    return "\n".join(lines)
