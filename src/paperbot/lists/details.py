"""An entry's text read: its title, then what stands round it and below it."""

from __future__ import annotations

import re

from paperbot.lists.draft import (
    BARE_URL,
    NO_LINK,
    Draft,
    clean_title,
    links_of,
    nickname,
    split_images,
    with_urls,
    without_homepages,
)
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import Habits, bare
from paperbot.lists.links import host_role, role_of, word_role
from paperbot.lists.names import looks_like_authors, read_authors, read_cited
from paperbot.lists.tags import is_bare_tag, read_dated_tag, read_venue_tag
from paperbot.lists.text import STAR, squeeze, unmark
from paperbot.lists.titles import Found, find_title
from paperbot.lists.venues import published
from paperbot.paper import Link


def read_draft(text: Text, habits: Habits, file: str) -> Draft | None:
    """The entry that a text holds, or None where it holds no title."""
    whole = text
    text, badges = split_images(text)
    text = without_homepages(text)
    found = find_title(text, habits)
    if found is None:
        return None
    title = clean_title(found.title)
    if not re.search(r"\w", BARE_URL.sub("", title)):
        return None
    draft = Draft(title, text.line, quoted=found.how == "quoted")
    draft.line += text.text.count("\n", 0, _first_word(text.text))
    draft.starred = bool(STAR.search(whole.text))
    draft.tagged = habits.counts and bool(found.tags)
    for tag in found.tags:
        draft.take_tag(tag)
    if found.alias and clean_title(found.alias) != title:
        draft.aliases.append(clean_title(found.alias))
    if name := nickname(title):
        draft.aliases.append(name) if name not in draft.aliases else None
    draft.take_links(links_of(text))
    draft.own = found.link.url.strip() if found.link else None
    _read_badges(draft, badges, habits)
    _read_tail(draft, text, found, habits, file)
    return draft


def _first_word(text: str) -> int:
    return len(text) - len(text.lstrip())


def _read_badges(draft: Draft, badges: list[tuple[str, str, str]], habits: Habits) -> None:
    """Badges: a link behind an image, or a shields.io label such as ``NeurIPS-2023``."""
    for words, source, target in badges:
        label = words
        if found := re.search(r"img\.shields\.io/badge/([^?]+)", source):
            label = f"{words} " + re.sub(r"[-_]+|%20", " ", found[1].rsplit("-", 1)[0])
            if not re.search(r"stars?|forks?|license|visitors|maintained", label, re.I):
                draft.take_published(label, habits.this_year)
        if target and not NO_LINK.match(target):
            draft.take_links([Link(role_of(bare(label), target), target)])


def _read_tail(draft: Draft, text: Text, found: Found, habits: Habits, file: str) -> None:
    """Authors, venue, year and remarks: what stands after the title, or before it."""
    after = text.cut(found.end, len(text.text))
    at = text.text.find(found.title.strip()[:20], found.start)
    before = text.text[found.start : max(at, found.start)]
    if found.how == "after" and found.link is not None:
        before = text.of(found.link)
    before = before.strip(' .,:-–—"“”*_[]()|\n\r')
    people = read_authors(before) if looks_like_authors(before) else ()
    draft.authors = draft.authors or found.people or people
    if bracket := _BRACKET.match(after.text):
        tag = (
            None
            if read_cited(bracket[1])
            else read_venue_tag(bracket[1], this_year=habits.this_year)
        )
        tag = tag or read_dated_tag(bracket[1], this_year=habits.this_year)
        if tag is not None and tag.year and tag.venue and draft.venue is None:
            draft.year, draft.venue = draft.year or tag.year, tag.venue
    read_detail(draft, after, habits, file, tail=True)


_BRACKET = re.compile(r"\W{0,3}[(\[（]([^()\[\]（）]{4,90})[)\]）]")
_PIECES = re.compile(r"[\r\n\t]+|\s\|+\s?|\s[–—-]{1,2}\s|(?<=[\w)\]]{2})\.\s+|(?<=\))[.,]\s|\s•\s")
_TLDR = re.compile(
    r"(?:TL;?\s?DR|Summary|Abstract|Notes?|Comments?|Description|Why|Keywords?)\s*[:：]\s*", re.I
)
_DETAIL_AUTHORS = re.compile(r"^\W*(?:authors?|by)\b\s*[:：]?\s*", re.I)


def read_detail(draft: Draft, text: Text, habits: Habits, file: str, *, tail: bool = False) -> None:
    """A detail of an entry: its links, people, venue, year; sentences become a note."""
    plain, badges = split_images(text)
    plain = without_homepages(plain)
    draft.take_links(links_of(plain))
    _read_badges(draft, badges, habits)
    if tail:
        _read_venue_links(draft, plain, habits)
    labels = [
        span for span in plain.links()
        if len(words := bare(plain.of(span))) < 25
        and published(words, habits.this_year).year is None
        and not _in_prose(plain, span)
    ]  # fmt: skip
    words = BARE_URL.sub(" ", plain.without(labels))
    words = re.sub(r"\[\s*[,|/]?\s*\]|\(\s*\)", " ", STAR.sub(" ", words))
    told = False
    before = (draft.authors, draft.year, draft.venue)
    for piece in _pieces(words):
        told = _read_piece(draft, piece, habits, told=told)
    sentence = _sentence(words, STAR.sub(" ", with_urls(plain, labels)), tail)
    if not tail and sentence is None and before == (draft.authors, draft.year, draft.venue):
        sentence = _unread(words, habits)
    if sentence:
        at = max(plain.text.find(squeeze(sentence)[:12]), 0)
        draft.take_note(sentence, file, plain.line + plain.text.count("\n", 0, at))


def _read_venue_links(draft: Draft, text: Text, habits: Habits) -> None:
    """``| [Nature Methods](url)`` after a title: the link to the paper names its venue."""
    for span in text.links():
        words = bare(text.of(span))
        if draft.venue is not None or word_role(words) or not re.match(r"[A-Za-z]", words):
            continue
        if _in_prose(text, span):
            continue
        named = host_role(span.url) in ("paper", "pdf") and len(words.split()) <= 4
        cased = all(
            word[0].isupper() or len(word) <= 3 or word[1:2].isupper() for word in words.split()
        )
        if named and cased and not re.search(r"[\d:]", words):
            draft.venue = published(words, habits.this_year).venue or words


def _unread(words: str, habits: Habits) -> str | None:
    """A detail that is neither people, venue, year nor link: kept as it stands."""
    plain = squeeze(unmark(words)).strip(" .,;:|*_-–")
    if re.search(r"(?i)[:：]\s*(?:unknown|none|n/?a|tbd|-+|暂无)$", plain):
        return None
    said = [word for word in re.findall(r"[^\W\d_]{2,}", plain) if word_role(word) is None]
    if not said or looks_like_authors(plain) or is_bare_tag(plain, habits.this_year):
        return None
    return plain


def _in_prose(text: Text, span: Span) -> bool:
    """Whether a link is a word of a sentence and no label beside one."""
    before = text.text[: span.start].rstrip(" ")
    if not before or not (before[-1].isalpha() or before[-1] == ","):
        return False
    if before[-1] == "," and word_role(bare(text.of(span))):
        return False
    line = re.split(r"[\r\n]", before)[-1] + re.split(r"[\r\n]", text.text[span.end :])[0]
    return _is_sentence(line)


def _pieces(words: str) -> list[str]:
    return [
        piece.strip(" ,;:[]") for piece in _PIECES.split(words[:1500]) if piece.strip(" ,;:.[]()*_")
    ]


def _read_piece(draft: Draft, piece: str, habits: Habits, *, told: bool) -> bool:
    """One piece of a detail: people first, then venue and year if it is no long sentence."""
    bare_piece = _DETAIL_AUTHORS.sub("", piece)
    cited = read_cited(bare_piece)
    if cited is not None and not draft.authors:
        draft.authors = cited[0]
    elif not draft.authors:
        people = re.sub(r"^\W*(?:19|20)\d\d\W+", "", bare_piece)
        if cut := re.search(r",?\s*(?:\(|\[|\bin\b|\b(?:19|20)\d\d\b)", people, re.I):
            people = people[: cut.start()]
        if cut := re.search(r"\bet\.?\s*al\b\.?\*?", people):
            people = people[: cut.end()]
        head = re.split(r",(?=\s*[A-Z][A-Za-z]*\s*['’]?\d)", people)[0]
        if looks_like_authors(head) or (bare_piece != piece and read_authors(head)):
            draft.authors = read_authors(head)
            piece = bare_piece[len(head) :]
    if len(piece.split()) <= 22 or not told:
        draft.take_published(piece[:220], habits.this_year)
    return told or draft.year is not None


def _sentence(words: str, whole: str, tail: bool) -> str | None:
    """What a detail tells in sentences, if it tells anything; ``whole`` has the URLs too."""
    if _TLDR.search(squeeze(words)):
        text = squeeze(whole)
        found = _TLDR.search(text)
        return text[found.end() :] or None if found else None
    both = zip(re.split(r"[\r\n]+", words), re.split(r"[\r\n]+", whole), strict=False)
    lines = [line for told, line in both if _is_sentence(told)]
    if not lines:
        return None
    if tail and len(lines) == 1:
        return _BEFORE_NOTE.sub("", lines[0])
    return "\n".join(lines)


_BEFORE_NOTE = re.compile(r"^\W*(?:(?:19|20)\d[\dx?]\W+)?")
"""Marks and year between a title and what is told of it: "(1997): A formula …"."""


def _is_sentence(line: str) -> bool:
    """Four words or more in lower case: prose and no citation."""
    line = line.strip()
    lower = re.findall(r"\b[a-z]{2,}\b", line)
    words = re.findall(r"\b[^\W\d_]+\b", line)
    return len(lower) >= 4 and len(lower) >= 0.5 * len(words) and not looks_like_authors(line)
