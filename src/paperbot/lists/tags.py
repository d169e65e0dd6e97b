"""The bracket before a title: ``[C60 2024 USENIX]``, ``[P 58]``, ``[NeurIPS'23]``.

A lab's own citation tags and the venue tags of public lists look alike, so one reader serves
both; whether a bare number can be a citation count is the list's habit (``counts``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from paperbot.lists.text import key, squeeze
from paperbot.lists.venues import full_year, is_known, leftover, published
from paperbot.paper import Kind

CITATION_TAG = re.compile(r"\[\s*C\s?\d+[^\]\n]{0,40}\]")
"""The tag by which a list shows that it counts citations."""

_KINDS: dict[str, Kind] = {
    "blog": "blog", "blogpost": "blog", "post": "blog", "article": "blog", "survey": "survey",
    "review": "survey", "thesis": "thesis", "phd": "thesis", "book": "book", "tool": "tool",
    "dataset": "dataset", "course": "course", "video": "video", "talk": "video", "paper": "paper",
    "tutorial": "course",
}  # fmt: skip

_AFFILIATIONS = {
    "nvidia", "google", "meta", "microsoft", "openai", "deepmind", "facebook", "apple", "amazon",
    "ibm", "intel", "amd", "baidu", "alibaba", "tencent", "huawei", "bytedance", "anthropic",
    "mistral", "deepseek", "samsung", "qualcomm", "salesforce", "adobe", "uber", "netflix",
    "linkedin", "twitter", "xai", "cohere", "databricks", "stanford", "berkeley", "mit", "cmu",
    "tsinghua", "pku", "princeton", "eth", "epfl", "oxford", "cambridge", "huggingface",
    "eleutherai",
}  # fmt: skip
"""Houses that a tag may name: a label that needs no report."""


@dataclass(frozen=True, slots=True)
class Tag:
    """What one bracket says; ``doubts`` are its words that nobody can be sure of."""

    year: int | None = None
    venue: str | None = None
    citations: int | None = None
    pages: int | None = None
    kind: Kind | None = None
    labels: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reading:
    """A tag as it fills, token by token."""

    tag: Tag = field(default_factory=Tag)
    numbers: list[str] = field(default_factory=list)


_COUNT = re.compile(r"C\.?\s?(\d{1,7})(?:\s?-\s?['’]?(\d{2}|\d{4}))?", re.I)
_PAGES = re.compile(r"\bP\.?\s?(\d{1,4})\b(?!\w)")
_YEARED = re.compile(r"Y\s?(\d{4})", re.I)


def read_citation_tag(text: str, title: str, *, this_year: int) -> Tag | None:
    """A lab's citation tag, or None where the bracket holds nothing of the sort.

    ``title`` is what follows: a word of it in the tag is a nickname (``[C10646 XLNet 2020]``).
    """
    words = squeeze(text)
    if not words or len(words) > 60:
        return None
    reading = _Reading()
    if found := _PAGES.search(words):
        reading.tag = replace(reading.tag, pages=int(found[1]))
        words = squeeze(words[: found.start()] + " " + words[found.end() :])
    for token in words.replace(",", " ").split():
        _read_token(reading, token, title, this_year)
    tag = _place_numbers(reading, this_year)
    return tag if tag != Tag(labels=tag.labels, doubts=tag.doubts) else None


def _read_token(reading: _Reading, token: str, title: str, this_year: int) -> None:
    tag = reading.tag
    if found := _COUNT.fullmatch(token):
        reading.tag = replace(tag, citations=int(found[1]))
        if found[2]:
            year = int(found[2]) if len(found[2]) == 4 else full_year(found[2], this_year)
            reading.numbers.append(str(year))
    elif found := _YEARED.fullmatch(token):
        reading.numbers.append(found[1])
    elif token.isdecimal():
        reading.numbers.append(token)
    elif kind := _KINDS.get(token.lower()):
        reading.tag = replace(tag, kind=kind)
    else:
        reading.tag = _read_word(tag, token, title)


def _read_word(tag: Tag, word: str, title: str) -> Tag:
    """A word of a tag: a venue, a nickname from the title, else a label."""
    if is_known(word):
        return replace(tag, venue=f"{tag.venue} {word}" if tag.venue else word)
    if len(word) > 1 and key(word) in [key(w) for w in re.split(r"[\s:(),]+", title)]:
        return replace(tag, aliases=(*tag.aliases, word))
    tag = replace(tag, labels=(*tag.labels, word))
    if word.lower() in _AFFILIATIONS:
        return tag
    return replace(tag, doubts=(*tag.doubts, f"“{word}” is no venue, year or count: kept as label"))


def _place_numbers(reading: _Reading, this_year: int) -> Tag:
    """Bare numbers: from 1900 to next year a year, before a year or alone a citation count."""
    tag = reading.tag
    for number in reading.numbers:
        value = int(number[:9])
        if tag.year is None and len(number) == 4 and 1900 <= value <= this_year + 1:
            tag = replace(tag, year=value)
        elif tag.citations is None:
            tag = replace(tag, citations=value)
        else:
            doubt = f"“{number}” is no year: year left unknown"
            tag = replace(tag, doubts=(*tag.doubts, doubt))
    return tag


_WORDS = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"[^\W\d_]{5,}[.?!] +[^\W\d_]")
""""A Title. Knuth (1970)" is no venue; "Proc. IEEE 1970" is."""


# A venue that nobody knows is believed where its year stands before or behind it.
_YEAR_AT_AN_END = re.compile(r"^(?:19|20)\d\d\b|(?:\b(?:19|20)|['’])\d\d$")


@lru_cache(maxsize=8192)
def read_venue_tag(text: str, *, this_year: int, strict: bool = True) -> Tag | None:
    """A venue tag such as ``EMNLP'23 Findings`` or ``2023 Nature Methods``, or None.

    ``strict``: nothing but venue and year; else an unknown name beside a year is a venue too.
    """
    words = squeeze(text).strip("()[]*_ ,.;:`")
    if not words or len(words) > 90 or _SENTENCE_END.search(words):
        return None
    if kind := _KINDS.get(words.lower()):
        return Tag(kind=kind)
    told = published(words, this_year)
    rest = leftover(words, this_year)
    if told.year is None:
        short = not strict and len(rest.split()) <= 2 and words.startswith(told.venue or "\n")
        return Tag(venue=told.venue) if told.venue and (not rest or short) else None
    if rest and strict and (not _looks_like_venue(rest) or len(rest.split()) > 6):
        return None
    if rest and strict and not told.venue and not _YEAR_AT_AN_END.search(words):
        return None  # "The Legacy of 2008 in Machine Translation" is a title
    if strict and told.venue and len(rest.split()) > 2 and not _begins_with(words, told.venue):
        return None  # "Graph Attention Networks ICLR 2018" is a title and more
    return Tag(year=told.year, venue=told.venue or _unknown_venue(words))


_CITED_TIMES = re.compile(r"\b(\d{1,6}) (?:citations?|cites)\b", re.I)


def read_dated_tag(text: str, *, this_year: int) -> Tag | None:
    """A bracket before a title that begins with year or venue, and says more: a label.

    ``[2022 Genome biology]``, ``[2023 arxiv survey from CS field]``, ``[2021 Arxiv, 576 citations]``.
    """
    words = squeeze(text)
    found = re.match(r"((?:19|20)\d\d)\b[\s,:;/|-]*(?=\S)", words)
    told = published(words, this_year)
    named = told.venue is not None and words.startswith(told.venue)
    if len(words) > 90 or told.year is None or not (found or named):
        return None
    year = int(found[1]) if found and 1900 <= int(found[1]) <= this_year + 1 else told.year
    rest = words[found.end() :] if found else words
    cited = _CITED_TIMES.search(rest)
    rest = _CITED_TIMES.sub(" ", rest)
    venue = told.venue
    if venue is None and re.match(r"[A-Z]", rest):
        venue, rest = rest.strip(" ,;:"), ""
    label = leftover(rest.replace(venue or "\n", " "), this_year)
    return Tag(year, venue, int(cited[1]) if cited else None, labels=(label,) if label else ())


def is_bare_tag(text: str, this_year: int) -> bool:
    """Whether a text is nothing but venue and year: "2023", "ICML 2020 (oral)"."""
    words = squeeze(text).strip("*_ :")
    told = published(words, this_year)
    return (told.year or told.venue) is not None and not leftover(words, this_year)


def _begins_with(words: str, venue: str) -> bool:
    return bool(re.match(rf"(?:(?:19|20)\d\d\W+)?(?:\w+ ){{0,2}}?{re.escape(venue)}", words))


def _looks_like_venue(rest: str) -> bool:
    """Whether the words beside a year read like a journal's or conference's name."""
    words = rest.split()
    small = {"of", "in", "on", "and", "for", "the", "et", "al", "with", "at", "to"}
    return all(word[0].isupper() or word in small for word in words) and words[0] not in small


def _unknown_venue(words: str) -> str | None:
    """The name that stands beside the year, as the list writes it."""
    name = re.sub(r"['’‘]?\s?\b(?:(?:19|20)\d\d|(?<=['’‘])\d\d)\b.*$", "", words).strip(" ,.'’-:()")
    if not name:
        name = re.sub(r"^\W*(?:19|20)\d\d[-./\d]*\W*", "", words).strip(" ,.'’-:()")
    if found := re.fullmatch(r"([A-Za-z&/-]{2,14}?)['’‘\s-]?\d{2,4}", name):
        name = found[1]
    has_word = _WORDS.search(name) and not re.fullmatch(
        r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?", name, re.I
    )
    return name if has_word and len(name) <= 60 else None
