"""Telling bullets and paragraphs apart: entry, group, heading, contents, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from paperbot.lists.blocks import Block
from paperbot.lists.draft import Draft, split_images
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import Habits, bare, is_label
from paperbot.lists.links import host_role, identifier, word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.tags import CITATION_TAG, read_venue_tag
from paperbot.lists.text import squeeze, unmark
from paperbot.lists.venues import published


def _words(text: str) -> int:
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
    return len(inner) == len(links) and _words(text.without(links)) <= 3


_HOUSE = re.compile(
    r"(?i)mailto:|/issues(?:/|$)|/pulls?(?:/|$)|contributing|LICENSE|/stargazers|/graphs/"
)


def is_furniture_item(text: Text) -> bool:
    """Whether a bullet keeps house: how to contribute, whom to write, badges alone."""
    plain, _ = split_images(text)
    links = plain.links()
    if not _words(unmark(plain.text)):
        return True
    return bool(links) and all(_HOUSE.search(span.url) for span in links)


def _title_links(text: Text, habits: Habits) -> list[Span]:
    return [s for s in text.links() if not is_label(text.of(s), habits.this_year)]


def _papery(span: Span) -> bool:
    return host_role(span.url) in ("paper", "pdf")


def has_paper_link(text: Text) -> bool:
    """Whether some link leads to a paper, by its host or its label."""
    return any(_papery(s) or word_role(bare(text.of(s))) in ("paper", "pdf") for s in text.links())


def is_group(text: Text, sublists: Sequence[Block], habits: Habits) -> bool:
    """Whether a bullet only names a group and its sub-bullets are the entries."""
    plain, _ = split_images(text)
    if has_paper_link(plain) or len(plain.text) > 160:
        return False
    if plain.links() and not plain.text.strip().endswith(":") and not _only_anchor(plain):
        return False
    if CITATION_TAG.match(plain.text.strip()):
        return False
    children = [
        child.text
        for sub in sublists
        for item in sub.children
        for child in item.children[:1]
        if child.kind == "paragraph"
    ]
    if not children:
        return False
    entries = sum(_stands_alone(child, habits) for child in children)
    nested = any(
        len(i.children) > 1 and i.children[1].kind == "list" for s in sublists for i in s.children
    )
    return entries >= max(1, len(children) * (0.3 if nested else 0.5))


def _only_anchor(text: Text) -> bool:
    return all(span.url.startswith("#") for span in text.links())


def _stands_alone(text: Text, habits: Habits) -> bool:
    """Whether a sub-bullet has a title of its own, and is no mere detail."""
    plain, _ = split_images(text)
    if CITATION_TAG.match(plain.text.strip()):
        return True
    titles = [s for s in _title_links(plain, habits) if _words(plain.of(s)) >= 3]
    if titles:
        return titles[0].start <= 40
    before = plain.text[: plain.links()[0].start] if plain.links() else ""
    return (
        _words(before) >= 4
        and has_paper_link(plain)
        and not looks_like_authors(before.strip(" ([-:,."))
    )


def child_is_entry(text: Text, habits: Habits, parent: Draft) -> bool:
    """Whether a sub-bullet of an entry is a work of its own, and no detail of its parent."""
    plain, _ = split_images(text)
    for span in _title_links(plain, habits):
        words = bare(plain.of(span))
        if _words(words) < 4 or not _papery(span) or span.start > 25:
            continue
        if squeeze(words).lower() != parent.title.lower() and identifier(span.url) is not None:
            return True
    return False


def second_titles(text: Text, habits: Habits, draft: Draft) -> list[Text]:
    """The other works of a bullet that names two: ``[Title](url) and [Title](url)``."""
    plain, _ = split_images(text)
    titles = [
        s for s in _title_links(plain, habits) if _words(plain.of(s)) >= 3 and identifier(s.url)
    ]
    found: list[Text] = []
    for before, after in pairwise(titles):
        between = plain.text[before.end : after.start].strip(" ,;&/+[]")
        if (
            before.url == after.url
            or _words(between) > 2
            or between not in ("", "and", "also", "&")
        ):
            break
        found.append(plain.cut(after.start, after.end))
        draft.links = [link for link in draft.links if link.url != after.url]
    return found


_ENDS_IN_TAG = re.compile(r"[\[(（]([^\[\]()（）]{3,40})[\])）]\W*$")


def heads_entry(heading: Text, body: Sequence[Block], habits: Habits) -> bool:
    """Whether a heading is a title: its venue stands behind it, or nothing but labels below it."""
    plain, _ = split_images(heading)
    words = squeeze(plain.text)
    if not 4 <= _words(words) <= 40 or any(block.kind in ("heading", "table") for block in body):
        return False
    texts = [
        split_images(child.text)[0]
        for block in body
        for item in (block.children if block.kind == "list" else [block])
        for child in (item.children[:1] if item.kind == "item" else [item])
        if child.kind == "paragraph"
    ]
    alone = sum(_stands_alone(text, habits) or is_contents(text) for text in texts)
    tagged = _ENDS_IN_TAG.search(words)
    if alone > (1 if tagged else 0):
        return False
    if tagged and _words(words[: tagged.start()]) >= 3:
        tag = read_venue_tag(tagged[1], this_year=habits.this_year)
        if tag is not None and tag.year is not None:
            return True
    first = next((text for text in texts if text.links()), None)
    if first is None or len(texts) > 8:
        return False
    span = first.links()[0]
    label = word_role(bare(first.of(span))) in ("paper", "pdf")
    return label and _words(first.without(first.links())) <= 3


_PROSE = re.compile(r"(?i)\b(?:this|these|we|our|you|your|please|here|feel free|welcome|i|my)\b")


def is_entry_paragraph(text: Text, habits: Habits) -> bool:
    """Whether a paragraph is an entry of the list and no prose."""
    plain, _ = split_images(text)
    if CITATION_TAG.match(plain.text.strip()):
        return True
    links = plain.links()
    if not links:
        return False
    begin = _begin(plain)
    labels = [s for s in links if is_label(plain.of(s), habits.this_year)]
    if labels and _bold_start(plain, begin) and _words(plain.text[: labels[0].start]) >= 3:
        return True
    titled = _titled(plain, habits, begin)
    if titled is not None:
        rest = plain.text[titled.end :]
        return _papery(titled) or (not _PROSE.search(rest[:80]) and _words(rest) <= 60)
    before = plain.text[begin : labels[0].start] if labels else ""
    named = [s for s in labels if word_role(bare(plain.of(s))) in ("paper", "pdf") or _papery(s)]
    told = 3 <= _words(before) <= 80 and not _PROSE.search(before[:60])
    return bool(named) and (told or bool(re.match(r"[\s*_]*[\"“\[(]", plain.text)))


def is_entry_heading(text: Text, habits: Habits) -> bool:
    """Whether a heading is an entry: ``#### [Title](url)``."""
    plain, _ = split_images(text)
    titled = _titled(plain, habits, _begin(plain))
    if titled is None or _HOUSE.search(titled.url):
        return False
    alone = _words(plain.text) - _words(plain.of(titled)) <= 3
    return _papery(titled) or (alone and host_role(titled.url) != "code")


def _begin(text: Text) -> int:
    start = re.match(r"[\W_]*", text.text)
    return start.end() if start else 0


def _bold_start(text: Text, begin: int) -> bool:
    return any(
        s.kind == "bold" and s.start <= begin + 3 and _words(text.of(s)) >= 2 for s in text.spans
    )


def _titled(text: Text, habits: Habits, begin: int) -> Span | None:
    """The link at the beginning whose text is a title."""
    for span in _title_links(text, habits):
        if span.start <= begin + 2 and _words(text.of(span)) >= 3:
            return span
    return None


def is_pseudo_heading(block: Block, after: Block | None, habits: Habits) -> bool:
    """Whether a paragraph that is all bold is a heading for what follows it."""
    plain, _ = split_images(block.text)
    words = squeeze(plain.text)
    if not words or "\n" in plain.text.strip() or _words(words) > 14:
        return False
    covered = sum(s.end - s.start for s in plain.spans if s.kind == "bold")
    if covered < 0.8 * len(re.sub(r"[\s:：*]+", "", unmark(plain.text))):
        return False
    sentence = words.endswith((".", "!")) and _words(words) > 5
    if sentence or any(not s.url.startswith("#") for s in plain.links()):
        return False
    if after is not None and after.kind == "paragraph":
        return is_entry_paragraph(after.text, habits) and not _detail_only(after.text, habits)
    return after is not None and after.kind in ("list", "table", "html", "heading", "rule")


def _detail_only(text: Text, habits: Habits) -> bool:
    """Whether a paragraph holds only authors and labels: details of the bold line before it."""
    plain, _ = split_images(text)
    names = _title_links(plain, habits)
    lead = plain.text[: plain.links()[0].start] if plain.links() else plain.text
    first = squeeze(lead).strip(" ,.([*_")
    told = published(first, habits.this_year)
    return not names and (looks_like_authors(first) or _words(first) <= 2 or told.year is not None)


def venue_only(text: str, habits: Habits) -> bool:
    """Whether a text is nothing but venue and year."""
    return read_venue_tag(text, this_year=habits.this_year) is not None
