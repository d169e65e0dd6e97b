"""Telling bullets and paragraphs apart: entry, group, heading, contents, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from paperbot.lists.blocks import Block
from paperbot.lists.draft import split_images
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import Habits, bare, is_label
from paperbot.lists.links import host_role, word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.tags import CITATION_TAG, read_venue_tag
from paperbot.lists.text import squeeze, unmark
from paperbot.lists.venues import published


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"\w+", text))


def is_contents(text: Text) -> bool:
    """Whether a bullet is a line of a table of contents: links to ``#anchors`` and nothing else."""
    links = text.links()
    if not links:
        return False
    inner = [
        span
        for span in links
        if span.url.startswith("#") or re.search(r"\.md#|^\.?/?[\w/-]+\.md$", span.url)
    ]
    return len(inner) == len(links) and count_words(text.without(links)) <= 3


def holds_contents(sublists: Sequence[Block]) -> bool:
    """Whether all sub-bullets of a bullet are lines of a table of contents."""
    firsts = [item.children[0].text for sub in sublists for item in sub.children if item.children]
    return bool(firsts) and all(is_contents(first) for first in firsts)


_HOUSE = re.compile(
    r"(?i)mailto:|/issues(?:/|$)|/pulls?(?:/|$)|contributing|LICENSE|/stargazers|/graphs/"
)


def is_furniture_item(text: Text) -> bool:
    """Whether a bullet keeps house: how to contribute, whom to write, badges alone."""
    plain, _ = split_images(text)
    links = plain.links()
    if not count_words(unmark(plain.text)):
        return True
    return bool(links) and all(_HOUSE.search(span.url) for span in links)


def title_links(text: Text, habits: Habits) -> list[Span]:
    """The links whose text can be a title: no labels."""
    return [
        s
        for s in text.links()
        if not s.url.startswith("#") and not is_label(text.of(s), habits.this_year)
    ]


def is_papery(span: Span) -> bool:
    """Whether a link leads to a paper, by its host."""
    return host_role(span.url) in ("paper", "pdf")


def has_paper_link(text: Text) -> bool:
    """Whether some link leads to a paper, by its host or its label."""
    return any(
        is_papery(s) or word_role(bare(text.of(s))) in ("paper", "pdf") for s in text.links()
    )


PROSE = re.compile(r"(?i)\b(?:this|these|we|our|you|your|please|here|feel free|welcome|i|my)\b")
"""Words by which a curator speaks to readers."""


def is_entry_paragraph(text: Text, habits: Habits) -> bool:
    """Whether a paragraph is an entry of the list and no prose."""
    plain, _ = split_images(text)
    if CITATION_TAG.match(plain.text.strip()):
        return True
    links = plain.links()
    if not links:
        return is_stacked(plain, habits)
    if all(_HOUSE.search(span.url) for span in links):
        return False
    begin = _begin(plain)
    labels = [s for s in links if is_label(plain.of(s), habits.this_year)]
    if labels and _bold_start(plain, begin) and count_words(plain.text[: labels[0].start]) >= 3:
        return True
    titled = _titled(plain, habits, begin)
    if titled is not None:
        rest = plain.text[titled.end :]
        return is_papery(titled) or (not PROSE.search(rest[:80]) and count_words(rest) <= 60)
    before = plain.text[begin : labels[0].start] if labels else ""
    named = [s for s in labels if word_role(bare(plain.of(s))) in ("paper", "pdf") or is_papery(s)]
    told = 3 <= count_words(before) <= 80 and not PROSE.search(before[:60])
    return bool(named) and (told or bool(re.match(r"[\s*_]*[\"“\[(]", plain.text)))


def is_stacked(text: Text, habits: Habits) -> bool:
    """Whether a paragraph has its title, venue and bare URL each on a line of its own."""
    lines = [squeeze(line) for line in re.split(r"[\r\n]+", text.text) if line.strip()]
    if not 2 <= len(lines) <= 6 or lines[0].endswith((":", "!")):
        return False
    if "://" in lines[0] or not 2 <= count_words(lines[0]) <= 30 or PROSE.search(lines[0]):
        return False
    urls = [line for line in lines[1:] if re.fullmatch(r"https?://\S+", line)]
    return bool(urls) or (
        len(lines) == 2 and read_venue_tag(lines[1], this_year=habits.this_year) is not None
    )


def split_entries(text: Text, habits: Habits) -> list[Text]:
    """The entries of a paragraph that holds several, each beginning a line; else nothing."""
    if "\n" not in text.text:
        return []
    starts = [0]
    for found in re.finditer(r"\n[ \t]*", text.text):
        rest = text.cut(found.end(), len(text.text))
        links = rest.links()
        line = re.split(r"[\r\n]", rest.text, maxsplit=1)[0]
        if not links or count_words(line) < 3:
            continue
        titled = _titled(rest, habits, _begin(rest))
        if (titled is not None and is_papery(titled)) or _bold_start(rest, _begin(rest)):
            starts.append(found.end())
    parts = [text.cut(start, end) for start, end in pairwise([*starts, len(text.text)])]
    if len(parts) < 2 or not all(is_entry_paragraph(part, habits) for part in parts):
        return []
    return parts


def is_entry_heading(text: Text, habits: Habits) -> bool:
    """Whether a heading is an entry: ``#### [Title](url)``."""
    plain, _ = split_images(text)
    titled = _titled(plain, habits, _begin(plain))
    if titled is None or _HOUSE.search(titled.url):
        return False
    alone = count_words(plain.text) - count_words(plain.of(titled)) <= 3
    return is_papery(titled) or (alone and host_role(titled.url) != "code")


def _begin(text: Text) -> int:
    start = re.match(r"[\W_]*", text.text)
    return start.end() if start else 0


def _bold_start(text: Text, begin: int) -> bool:
    return any(
        s.kind == "bold" and s.start <= begin + 3 and count_words(text.of(s)) >= 2
        for s in text.spans
    )


def _titled(text: Text, habits: Habits, begin: int) -> Span | None:
    """The link at the beginning whose text is a title."""
    for span in title_links(text, habits):
        if span.start <= begin + 2 and count_words(text.of(span)) >= 3:
            return span
    return None


def is_bold_line(text: Text) -> bool:
    """Whether a paragraph is one bold line without links but to anchors."""
    plain, _ = split_images(text)
    words = squeeze(plain.text)
    if not words or "\n" in plain.text.strip():
        return False
    covered = sum(s.end - s.start for s in plain.spans if s.kind == "bold")
    whole = len(re.sub(r"[\s:：*]+", "", unmark(plain.text)))
    return covered >= 0.8 * whole and all(s.url.startswith("#") for s in plain.links())


def is_pseudo_heading(block: Block, after: Block | None, habits: Habits) -> bool:
    """Whether a paragraph that is all bold is a heading for what follows it."""
    words = squeeze(split_images(block.text)[0].text)
    if not is_bold_line(block.text) or count_words(words) > 14:
        return False
    if words.endswith((".", "!")) and count_words(words) > 5:
        return False
    if after is not None and after.kind == "paragraph":
        return is_entry_paragraph(after.text, habits) and not _detail_only(after.text, habits)
    return after is not None and after.kind in ("list", "table", "html", "heading", "rule")


def _detail_only(text: Text, habits: Habits) -> bool:
    """Whether a paragraph holds only authors and labels: details of the bold line before it."""
    plain, _ = split_images(text)
    names = title_links(plain, habits)
    lead = plain.text[: plain.links()[0].start] if plain.links() else plain.text
    first = squeeze(lead).strip(" ,.([*_")
    told = published(first, habits.this_year)
    return not names and (
        looks_like_authors(first) or count_words(first) <= 2 or told.year is not None
    )
