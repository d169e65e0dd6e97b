"""Patterns learnt from the entries of a list: their raw text with the values taken out."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from paperbot.lists.adding.pattern import Pattern, Piece
from paperbot.lists.links import host_of, word_role
from paperbot.lists.text import STAR, unmark
from paperbot.lists.values import Entry
from paperbot.lists.venues import MONTHS, is_known
from paperbot.paper import Link

_BETWEEN = re.compile(r"\s*(?:,\s*and\b|,\s*&|[;,&]|\band\b)\s*")
_ET_AL = re.compile(r",? et\.? al\b\.?")
_NUMBER = re.compile(r"(?:\s*>)?\s*(?:[-*+]\s+)?(?:\*\*)?\[?(\d{1,4})(?=[.)\]]+(?:\*\*)?\s)")
_BADGE = re.compile(r"\s*\[?!\[[^\]]*\]\([^)\s]*\)(?:\]\([^)\s]*\))?")
_MONTH = re.compile(rf"\b{MONTHS}(?!\w)", re.I)
_COMMON = {"in", "by", "et", "al", "http", "https", "www", "org", "com", "title", "authors",
           "venue", "year", "x"}  # fmt: skip


def learn(raw: str, entry: Entry, *, counts: bool, noted: bool = False) -> Pattern | None:
    """The shape of an entry from its raw text; ``None`` where the text does not show it plainly.

    ``counts``: the list has tags such as ``[C60 2024]``. ``noted``: with the place of its note.
    """
    if entry.pages is not None or entry.labels or (noted and len(entry.notes) != 1):
        return None
    learner = _Learner(raw, entry if noted else replace(entry, notes=()))
    return learner.pattern() if learner.read(counts) else None


def learn_cell(raw: str, entry: Entry) -> Pattern | None:
    """The shape of one cell of a table: of what the entry says, that which stands in the cell."""
    held = replace(
        entry,
        title=entry.title if entry.title in raw else "",
        links=tuple(link for link in entry.links if link.url in raw),
        authors=entry.authors if entry.authors and entry.authors[0] in raw else (),
        year=entry.year if str(entry.year) in raw else None,
        venue=entry.venue if entry.venue and entry.venue in raw else None,
        citations=None,
        notes=tuple(note for note in entry.notes if note.text in raw),
    )
    learner = _Learner(raw, held)
    return learner.pattern() if learner.read(counts=False) else None


class _Learner:
    """Finds the values of one entry in its raw text."""

    def __init__(self, raw: str, entry: Entry) -> None:
        self.entry = entry
        self.raw = _undated(_BADGE.sub("", raw), entry.year)
        self.cut = self.raw != raw
        self.claims: list[tuple[int, int, Piece]] = []
        self.host = ""

    def read(self, counts: bool) -> bool:
        """Claims every value; false where one cannot be found."""
        self._drop_star()
        self._drop_links()
        self.raw = self.raw.rstrip().removesuffix("\\").rstrip()
        if number := _NUMBER.match(self.raw):
            self.claims.append((number.start(1), number.end(1), Piece("number")))
        found = (
            self._url()
            and (not self.entry.title or self._take(self.entry.title, Piece("title")))
            and self._tag(counts)
            and self._authors()
            and self._published()
            and self._note()
        )
        if found:
            self._drop_odd_lines()
        return found and not _is_dated(self._left())

    def _left(self) -> str:
        """The words beside the values, a mark in the place of each."""
        out, at = "", 0
        for start, end, _ in sorted(self.claims, key=lambda claim: claim[0]):
            out, at = out + self.raw[at:start] + "\x01", end
        return out + self.raw[at:]

    def pattern(self) -> Pattern:
        """The shape, once all values are claimed."""
        pieces: list[Piece] = []
        at = 0
        for start, end, piece in sorted(self.claims, key=lambda claim: claim[0]):
            if start > at:
                pieces.append(Piece("", self.raw[at:start]))
            pieces.append(piece)
            at = end
        if at < len(self.raw):
            pieces.append(Piece("", self.raw[at:]))
        return Pattern(tuple(pieces), _is_odd(self._left()), self.cut, self.host)

    def _drop_odd_lines(self) -> None:
        """Lines that hold no value and words of this entry alone, such as the day it came out."""
        lines = self.raw.split("\n")
        at = 0
        kept: list[str] = []
        claims: list[tuple[int, int, Piece]] = []
        for line in lines:
            inside = [claim for claim in self.claims if at <= claim[0] < at + len(line)]
            shift = sum(len(one) + 1 for one in kept) - at
            if inside or not _is_odd(line):
                kept.append(line)
                claims += [(start + shift, end + shift, piece) for start, end, piece in inside]
            at += len(line) + 1
        if len(kept) < len(lines) and len(claims) == len(self.claims):
            self.raw = "\n".join(kept).rstrip().removesuffix("\\").rstrip()
            self.claims, self.cut = claims, True

    def _drop_star(self) -> None:
        self.raw = re.sub(r"[ \t]*(?:" + STAR.pattern + ")", "", self.raw)

    def _drop_links(self) -> None:
        """All links but the entry's own, each with its label and brackets."""
        main = main_link(self.entry)
        for link in self.entry.links:
            if link is main:
                continue
            group = (r"[ \t]*(?:[|,•·/&][ \t]*)?(?:\[\[[^\[\]\n]*\]\(%s\)\]|\(\[[^\[\]\n]*\]\(%s\)\)"
                     r"|\[\[[^\[\]\n]*\]\]\(%s\)|\[[^\[\]\n]*\]\(%s\))")  # fmt: skip
            self.raw, count = re.subn(group.replace("%s", re.escape(link.url)), "", self.raw)
            self.cut = self.cut or bool(count)

    def _url(self) -> bool:
        link = main_link(self.entry)
        if link is None:
            return True
        self.host = host_of(link.url)
        return self._take(link.url, Piece("url"))

    def _take(self, words: str, piece: Piece) -> bool:
        """Claims a text that stands exactly once where nothing is claimed yet."""
        if not words:
            return False
        places = [at for at in range(len(self.raw)) if self.raw.startswith(words, at)]
        free = [at for at in places if self._free(at, at + len(words))]
        if len(free) != 1:
            return False
        self.claims.append((free[0], free[0] + len(words), piece))
        return True

    def _free(self, start: int, end: int) -> bool:
        return all(end <= begin or start >= stop for begin, stop, _ in self.claims)

    def _tag(self, counts: bool) -> bool:
        """The bracket of a list that counts citations, whatever stands in it."""
        if not counts:
            return True
        title = next(start for start, _, piece in self.claims if piece.slot == "title")
        found = re.compile(r"\[[^\[\]\n]{1,40}\]").search(self.raw, 0, title)
        if found and self._free(*found.span()):
            self.claims.append((*found.span(), Piece("tag")))
        return self.entry.citations is None or found is not None

    def _tagged(self) -> bool:
        return any(piece.slot == "tag" for _, _, piece in self.claims)

    def _authors(self) -> bool:
        people = self.entry.authors
        if not people:
            return True
        if len(people) == 1:
            if (start := self.raw.find(people[0])) < 0:
                return False
            more = _ET_AL.match(self.raw, end := start + len(people[0]))
            if not self._free(start, end):
                return False
            piece = Piece("authors", more[0] if more else ", ", short=bool(more))
            self.claims.append((start, more.end() if more else end, piece))
            return True
        start = at = self.raw.find(people[0])
        marks: list[str] = []
        for before, name in pairwise(people):
            found = _BETWEEN.match(self.raw, at + len(before))
            if at < 0 or found is None or not self.raw.startswith(name, found.end()):
                return False
            marks.append(found[0])
            at = found.end()
        end = at + len(people[-1])
        if not self._free(start, end):
            return False
        first = marks[0] if len(marks) > 1 else ", "
        self.claims.append((start, end, Piece("authors", first, marks[-1])))
        return True

    def _published(self) -> bool:
        """Venue and year where the text states them; a link or a heading may have told them."""
        if self._tagged():
            return True
        entry, known = self.entry, ""
        if entry.venue is not None and self._count(entry.venue):
            if not self._take(entry.venue, Piece("venue")):
                return False
            known = entry.venue
        if entry.year is None or entry.year_derived:
            return True
        year = str(entry.year)
        if self._count(year):
            return self._take(year, Piece("year"))
        at = next((end for _, end, piece in self.claims if piece.slot == "venue"), None)
        found = (
            re.compile(rf"\s?['’‘]?(?={year[2:]}\b)").match(self.raw, at) if at and known else None
        )
        if found:
            self.claims.append((found.end(), found.end() + 2, Piece("short")))
        return True

    def _count(self, words: str) -> int:
        places = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", self.raw)
        return len([m for m in places if self._free(*m.span())])

    def _note(self) -> bool:
        notes = self.entry.notes
        return not notes or (len(notes) == 1 and self._take(notes[0].text, Piece("note")))


def _undated(raw: str, year: int | None) -> str:
    """The text with a year in the place of each date of that year: nobody gives a month."""
    if year is None:
        return raw
    raw = re.sub(rf"\n[ \t]*(?:\d{{1,2}} )?{MONTHS},? {year}[ \t]*(?=\n|$)", "", raw, flags=re.I)
    raw = re.sub(rf"(?<![\w/.-])(?:\d{{1,2}} )?{MONTHS},? (?={year}\b)", "", raw, flags=re.I)
    return re.sub(rf"(?<![\w/.-])({year})[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\b", r"\1", raw)


def main_link(entry: Entry) -> Link | None:
    """The link that leads to the work itself, else the first."""
    for link in entry.links:
        if link.role in ("paper", "pdf", "other"):
            return link
    return entry.links[0] if entry.links else None


def _is_dated(words: str) -> bool:
    """Whether a month or a venue is left that no value explains: it is this entry's alone."""
    unlabelled = re.sub(r"\[[^\[\]]*\]+\(\x01", " ", words)
    named = any(is_known(one) for one in re.findall(r"[^\W_]{2,}", unlabelled))
    return named or bool(_MONTH.search(words))


def _is_odd(words: str) -> bool:
    """Whether what is left beside the values may belong to this one entry: a date, a remark."""
    if "<!--" in words or unmark(words) != words:
        return True
    words = re.sub(r"<[^<>]*>", " ", words)
    rest = re.findall(r"[^\W_]+", words)
    return any(word_role(one) is None and one.lower() not in _COMMON for one in rest)
