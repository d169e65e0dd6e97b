"""Entries that begin with people: "Jane Doe, Ann Li. The Title. Venue, 2020."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperbot.lists.names import looks_like_authors, read_authors, read_cited
from paperbot.lists.text import squeeze
from paperbot.lists.venues import is_known

SURE = 3
"""Entries that begin with several people from which a list is held to put people first."""

SHARE = 0.25
"""Share of a list's bullets that must begin so."""

_LOOKED_AT = 400
_BULLET = re.compile(r"^[ \t]{0,8}(?:[-*+•]|\d{1,3}[.)]|\[\d{1,3}\])[ \t]+(?=\S)(.{8,300})", re.M)
_BREAK = re.compile(
    r"(?P<mark>[:：]|(?<=[^\W\d_]{2})\.|(?<=\d\))[.,:]?|(?<=, [A-Z])\.|(?<=\. [A-Z])\.|,)"
    r"\s+(?=[\"“]?[^\W_])"
)
_HEAD = 260
"""Characters in which the people before a title must end."""


def puts_people_first(body: str) -> bool:
    """Whether the entries of a list begin with their authors."""
    bullets = [
        found[1] for _, found in zip(range(_LOOKED_AT), _BULLET.finditer(body), strict=False)
    ]
    good = sum(_begins_with_several(words) for words in bullets)
    return good >= SURE and good >= SHARE * len(bullets)


def _begins_with_several(words: str) -> bool:
    if words[:1] in "[*`(<!":
        return False
    return title_after_people(re.sub(r"[*_`\[\]]", "", words), 0, trust=False) is not None


@dataclass(frozen=True, slots=True)
class Lead:
    """The people before a title, the year among them, and where the title starts."""

    people: tuple[str, ...]
    year: int | None
    end: int


_INVERTED = re.compile(r"[A-Z][\w'’-]+, [A-Z]")
_YEAR = re.compile(r"\(?((?:19|20)\d\d)[a-z]?\)?[.,:]\s+")


def title_after_people(words: str, begin: int, *, trust: bool) -> Lead | None:
    """The people at the beginning and where the title after them starts, or None.

    ``trust``: the list puts people first, so that one full name or two are believed too.
    """
    best: tuple[tuple[str, ...], int] | None = None
    for found in _BREAK.finditer(words, begin, min(len(words), begin + _HEAD)):
        head = words[begin : found.start()]
        if re.search(r"(?:^|[, ])[A-Z]$", head) and not _INVERTED.match(head):
            continue  # the stop of an initial
        sure = trust or bool(_YEAR.match(words, found.end()))
        people = _people(head, found["mark"], trust=sure)
        if people and len(re.findall(r"\w+", words[found.end() :][:200])) >= 2:
            if found["mark"] == "," and best is not None:
                continue
            best = people, found.end()
        elif best is not None and found["mark"] != ",":
            break
    if best is None:
        return None
    people, end = best
    dated = _YEAR.match(words, end)
    inside = re.search(r"((?:19|20)\d\d)[^\d]{0,12}$", words[begin:end])
    year = int((dated or inside)[1]) if dated or inside else None  # type: ignore[index]
    return Lead(people, year, dated.end() if dated else end)


def leading_people(lead: str) -> tuple[tuple[str, ...], int | None] | None:
    """People and year of what stands before a quoted or linked title, if it is nothing else."""
    cited = read_cited(lead)
    if cited is not None:
        return cited
    if looks_like_authors(lead):
        return read_authors(lead), None
    if re.fullmatch(
        r"[A-Z][\w'’-]+, (?:[A-Z]\. ?-?){1,3}", lead + "." if lead[-1:].isupper() else lead
    ):
        return read_authors(lead), None
    return None


def _people(head: str, mark: str, *, trust: bool) -> tuple[str, ...] | None:
    cited = read_cited(head)
    if cited is not None and (trust or len(cited[0]) > 1 or "al" in head):
        return cited[0]
    several = looks_like_authors(head)
    told = bool(re.search(r"\bet\.? al\b|(?:^|\s)[A-Z]\.(?:\s|-|,|$)|, [A-Z]\.", head))
    if mark == ",":
        joined = re.search(r"\bet\.? al\.?$|(?:\band\b|&)\s+[^,]+$", head)
        return read_authors(head) if several and joined and (told or trust) else None
    if several and (told or trust or _many_full(head)):
        return read_authors(head)
    if trust and (people := read_authors(head)):
        return people
    if trust and re.fullmatch(r"[A-Z][a-z]+(?:,? (?:and|&) [A-Z][a-z]+)+", squeeze(head)):
        return tuple(re.split(r",? (?:and|&) ", squeeze(head)))
    return None


def _many_full(head: str) -> bool:
    """Three people or more, each by given and family name."""
    people = read_authors(head)
    return len(people) >= 3 and all(" " in person for person in people)


_VENUEISH = re.compile(
    r"\b(?:Reports?|Research|Linguistics|Intelligence|Learning|Journal|Conference|Proceedings|Proc"
    r"|Press|Reviews?|Letters|Sciences?|University|Trans(?:actions)?|Magazine|Symposium|Workshop"
    r"|Thesis|Technical|Dissertation|Annals|Communications|Systems|Notes|Surveys)\b|\bJ\."
)


def without_venue(title: str) -> str:
    """A title of a citation without the venue that a comma or stop parts from it."""
    found = re.fullmatch(r"(.+?)(?:[,.])\s+([A-Z][^,.]*(?:\. [^,.]+)?)", title)
    if found is None or len(found[1].split()) < 2:
        return title
    name = found[2].strip()
    words = name.split()
    cased = all(word[0].isupper() or word[0].isdecimal() or len(word) <= 3 for word in words)
    named = _VENUEISH.search(name) or is_known(name) or re.fullmatch(r"[A-Z]{3,}[\w/-]*", name)
    return found[1] if named and cased and len(words) <= 9 else title
