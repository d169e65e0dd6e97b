"""Headings and other blocks as plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from paperbot.lists.blocks import Block, inline
from paperbot.lists.draft import clean_title, split_images
from paperbot.lists.inline import Text
from paperbot.lists.text import squeeze, unmark

COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
"""An HTML comment, closed or not."""


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
        yield from html_texts(block)
    elif block.kind == "table":
        for _, cells in block.rows:
            yield from cells
    for child in block.children:
        yield from texts_of(child)


def short(title: str) -> str:
    """A title short enough for a report."""
    return title if len(title) <= 60 else title[:57].rstrip() + "…"


def html_texts(block: Block) -> Iterator[Text]:
    """The inline texts of an HTML block that is part of an entry."""
    raw = COMMENT.sub("", block.raw)
    at = 0
    for found in [
        *re.finditer(r"</?(?:details|summary|p|div|li|ul|ol|tr|td|table|tbody)\b[^>]*>", raw, re.I),
        None,
    ]:
        words = raw[at : found.start() if found else len(raw)]
        if words.strip():
            yield inline(words.strip(), block.line + raw.count("\n", 0, at))
        at = found.end() if found else at
