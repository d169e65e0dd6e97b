"""A title on a line of its own, and below it nothing but what tells of it: links, people, venue."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbot.lists.blocks import Block
from paperbot.lists.draft import BARE_URL, links_of, split_images
from paperbot.lists.inline import Text
from paperbot.lists.items import PROSE, count_words, is_bold_line, is_contents
from paperbot.lists.lead import Habits, bare, is_label
from paperbot.lists.links import word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.nesting import stands_alone
from paperbot.lists.tags import read_venue_tag
from paperbot.lists.text import squeeze

_NAMED = re.compile(r"[^:：\n]{1,32}[:：]\s*")
_MARKS = re.compile(
    r"(?i)\W*(?:oral|spotlight|poster|highlight|best paper(?: award)?|accepted|暂无|coming soon)\W*"
)


def only_tells(text: Text, habits: Habits) -> bool:
    """Whether a text only tells of a work named elsewhere: ``Code: https://…``, people, venue."""
    plain, badges = split_images(text)
    words = squeeze(plain.text)
    if not words:
        return bool(badges)
    if _MARKS.fullmatch(words) or looks_like_authors(words):
        return True
    if read_venue_tag(words, this_year=habits.this_year) is not None:
        return True
    links = plain.links()
    if any(
        count_words(plain.of(s)) > 3 and not is_label(plain.of(s), habits.this_year) for s in links
    ):
        return False
    rest = BARE_URL.sub(" ", plain.without(links))
    if len(links) or BARE_URL.search(words):
        named = _NAMED.match(words)
        return count_words(rest) <= 3 or bool(named and count_words(rest[named.end() :]) <= 3)
    named = _NAMED.match(words)
    return bool(named and word_role(bare(named[0])))


def _tellers(block: Block) -> list[Text]:
    """The texts of a block that each must only tell; a list's are those of its items."""
    if block.kind == "paragraph":
        return [block.text]
    if block.kind != "list":
        return []
    return [
        child.text
        for item in block.children
        for child in item.children[:1]
        if child.kind == "paragraph"
    ]


def is_ornament(raw: str) -> bool:
    """Whether HTML holds pictures alone: no words, no headings, no tables, no folds."""
    if re.search(r"<(?:h\d|table|details|summary|ul|ol)\b", raw, re.I):
        return False
    return not re.search(r"\w", re.sub(r"<[^>]*>", " ", raw)) and "<img" in raw


def details_below(blocks: Sequence[Block], at: int, habits: Habits) -> int:
    """How many blocks after ``at`` only tell of the line there; 0 where none leads to a link."""
    end, linked = at + 1, False
    while end < len(blocks) and blocks[end].kind in ("paragraph", "list", "html"):
        if blocks[end].kind == "html":
            if not is_ornament(blocks[end].raw):
                break
            end += 1
            continue
        texts = _tellers(blocks[end])
        if not texts or not all(only_tells(t, habits) and not is_contents(t) for t in texts):
            break
        linked = linked or any(link.role != "other" for text in texts for link in links_of(text))
        end += 1
    return end - at - 1 if linked else 0


def is_title_line(text: Text) -> bool:
    """Whether a line above details has the looks of a title: bold, or plain and no sentence."""
    words = squeeze(split_images(text)[0].text)
    if "\n" in text.text.strip() or not 3 <= count_words(words) <= 40:
        return False
    if is_bold_line(text):
        return count_words(words) >= 4 or ":" in words
    prose = words.endswith((":", ".", "!")) or PROSE.search(words)
    return count_words(words) >= 4 and not prose and not text.links()


_ENDS_IN_TAG = re.compile(r"[\[(（]([^\[\]()（）]{3,40})[\])）]\W*$")


def heads_entry(heading: Text, body: Sequence[Block], habits: Habits) -> bool:
    """Whether a heading is a title: its venue stands behind it, or nothing but labels below it."""
    plain, _ = split_images(heading)
    words = squeeze(plain.text)
    if not 4 <= count_words(words) <= 40 or any(
        block.kind in ("heading", "table") for block in body
    ):
        return False
    texts = [
        split_images(child.text)[0]
        for block in body
        for item in (block.children if block.kind == "list" else [block])
        for child in (item.children[:1] if item.kind == "item" else [item])
        if child.kind == "paragraph"
    ]
    alone = sum(stands_alone(text, habits) or is_contents(text) for text in texts)
    tagged = _ENDS_IN_TAG.search(words)
    if alone > (1 if tagged else 0):
        return False
    if tagged and count_words(words[: tagged.start()]) >= 3:
        tag = read_venue_tag(tagged[1], this_year=habits.this_year)
        if tag is not None and tag.year is not None and tag.venue is not None:
            return True
    first = next((text for text in texts if text.links()), None)
    if first is None or len(texts) > 8:
        return False
    span = first.links()[0]
    label = word_role(bare(first.of(span))) in ("paper", "pdf")
    return label and count_words(first.without(first.links())) <= 3
