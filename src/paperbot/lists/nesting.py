"""Bullets within bullets: a group and its entries, an entry and its details, a work under a work."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from paperbot.lists.blocks import Block
from paperbot.lists.draft import Draft, split_images
from paperbot.lists.endings import is_tail
from paperbot.lists.inline import Span, Text
from paperbot.lists.items import (
    count_words,
    has_paper_link,
    is_papery,
    title_links,
)
from paperbot.lists.lead import Habits, Lead, bare
from paperbot.lists.links import identifier
from paperbot.lists.names import looks_like_authors, read_cited
from paperbot.lists.tags import CITATION_TAG, is_bare_tag
from paperbot.lists.text import squeeze

MOSTLY = 0.5
"""Share of sub-bullets that must be works beyond doubt for the likely ones to be works too."""

_GROUP_LENGTH = 160
"""Characters; no name of a group is longer."""


def is_group(text: Text, sublists: Sequence[Block], habits: Habits) -> bool:
    """Whether a bullet only names a group and its sub-bullets are the entries."""
    plain, _ = split_images(text)
    if has_paper_link(plain) or len(plain.text) > _GROUP_LENGTH:
        return False
    if plain.links() and not plain.text.strip().endswith(":") and not _only_anchor(plain):
        return False
    if CITATION_TAG.match(plain.text.strip()):
        return False
    if not plain.links() and is_bare_tag(plain.text, habits.this_year):
        return True
    children = [
        child.text
        for sub in sublists
        for item in sub.children
        for child in item.children[:1]
        if child.kind == "paragraph"
    ]
    if not children:
        return False
    entries = sum(stands_alone(child, habits) for child in children)
    nested = any(
        len(i.children) > 1 and i.children[1].kind == "list" for s in sublists for i in s.children
    )
    return entries >= max(1, len(children) * (0.3 if nested else MOSTLY))


def _only_anchor(text: Text) -> bool:
    return all(span.url.startswith("#") for span in text.links())


def stands_alone(text: Text, habits: Habits) -> bool:
    """Whether a sub-bullet has a title of its own, and is no mere detail."""
    plain, _ = split_images(text)
    if CITATION_TAG.match(plain.text.strip()):
        return True
    titles = [s for s in title_links(plain, habits) if count_words(plain.of(s)) >= 3]
    if titles:
        return titles[0].start <= 40
    return _names_work(plain, habits, least=4)


def _names_work(plain: Text, habits: Habits, *, least: int) -> bool:
    """Whether a title of so many words stands before links to a paper."""
    links = plain.links()
    if not links or not (has_paper_link(plain) or _is_citation(plain, links[0])):
        return False
    start = Lead(plain, habits).read()
    before = plain.text[start : max(links[0].start, start)].strip(" ([-:,.\"“”*_'")
    if count_words(before) < (1 if _is_citation(plain, links[0]) else least):
        return False
    if _is_citation(plain, links[0]):
        return True
    people = looks_like_authors(before) or is_tail(before, habits.this_year)
    return not people and not _ABOUT.match(before)


def _is_citation(text: Text, span: Span) -> bool:
    """Whether a link says ``Knuth (1970)``: the title stands before it."""
    return read_cited(text.of(span)) is not None


_ABOUT = re.compile(
    r"(?i)(?:(?:the|an?|and|also|see|cf|their|our|my|its|official|unofficial|original|full|extended"
    r"|longer|shorter|long|short|earlier|later|updated?|published|arxiv|journal|conference|workshop"
    r"|authors?['’]?s?|pytorch|tensorflow|related|more|here is|there is)[\s.:]+)*"
    r"(?:versions?|papers?|preprints?|pdf|slides?|talks?|videos?|code|supplement\w*|appendi\w+|posters?"
    r"|implementations?|blog(?:post)?s?|posts?|summar(?:y|ies)|explanations?|explained|tutorials?|notes?"
    r"|reviews?|websites?|homepages?|repo(?:sitory)?|demos?|comments?|discussions?|errata|links?"
    r"|authors?|venues?|dates?|abstracts?|tl;?dr|keywords?|tags?)"
    r"(?:\s*[:：]|\s+(?:by|from|is|version|(?:of|on|for|in|at|with) (?:the|this|their|our|it))\b|\W*$)"
)
"""How a detail begins that only tells about the work over it."""


def works_below(items: Sequence[Block], habits: Habits, parent: Draft) -> list[bool]:
    """Of the bullets under an entry, which are works of their own and no details of it.

    Where most are works beyond doubt, those that merely may be one are works too.
    """
    firsts = [next((c for c in item.children if c.kind == "paragraph"), None) for item in items]
    texts = [split_images(first.text)[0] if first is not None else None for first in firsts]
    sure = [text is not None and _is_work(text, habits, parent) for text in texts]
    if sum(sure) < max(2, MOSTLY * len(items)):
        return sure
    return [
        certain or (text is not None and _may_be_work(text, habits, parent))
        for certain, text in zip(sure, texts, strict=True)
    ]


def holds_works(item: Block, habits: Habits, parent: Draft) -> bool:
    """Whether a bullet under an entry is a group of works, such as ``Follow-ups:``."""
    lists = [child for child in item.children if child.kind == "list"]
    first = next((child for child in item.children if child.kind == "paragraph"), None)
    if first is None or not lists or split_images(first.text)[0].links():
        return False
    return all(
        sum(works_below(below.children, habits, parent)) > MOSTLY * len(below.children)
        for below in lists
    )


def _is_work(plain: Text, habits: Habits, parent: Draft) -> bool:
    if CITATION_TAG.match(plain.text.strip()):
        return True
    known = any(link.role in ("paper", "pdf") for link in parent.links)
    for span in title_links(plain, habits):
        words = bare(plain.of(span))
        least = 3 if known else 4
        if count_words(words) < least or not is_papery(span) or span.start > 25:
            continue
        if squeeze(words).lower() == parent.title.lower() or _ABOUT.match(words):
            continue
        if known or identifier(span.url) is not None:
            return True
    return known and _names_work(plain, habits, least=3)


def _may_be_work(plain: Text, habits: Habits, parent: Draft) -> bool:
    titles = [s for s in title_links(plain, habits) if count_words(plain.of(s)) >= 2]
    if titles and titles[0].start <= 25 and not _ABOUT.match(bare(plain.of(titles[0]))):
        return squeeze(plain.of(titles[0])).lower() != parent.title.lower()
    return _names_work(plain, habits, least=1)


def second_titles(text: Text, habits: Habits, draft: Draft) -> list[Text]:
    """The other works of a bullet that names two: ``[Title](url) (1981) and [Title](url)``."""
    plain, _ = split_images(text)
    titles = [
        s for s in title_links(plain, habits) if count_words(plain.of(s)) >= 3 and is_papery(s)
    ]
    found: list[Text] = []
    if not titles or titles[0].url.strip() != draft.own:
        return found
    for before, after in pairwise(titles):
        if before.url == after.url or not _AND.fullmatch(plain.text[before.end : after.start]):
            break
        dated = _DATED.match(plain.text, after.end)
        found.append(plain.cut(after.start, dated.end() if dated else after.end))
        draft.links = [link for link in draft.links if link.url != after.url]
    return found


_DATED = re.compile(r"\]?\s*\((?:19|20)\d\d\)")
_AND = re.compile(r"(?:\]?\s*\((?:19|20)\d\d\))?[\s,;&/+\[\]]*(?:and|also)?[\s,;&/+\[\]]*(?:The )?")
