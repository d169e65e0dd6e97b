"""How a list writes an entry: its raw text with places for title, link, people, venue and year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from paperbot.lists.adding.new import NewEntry, family
from paperbot.lists.links import host_of, word_role
from paperbot.lists.tags import CITATION_TAG
from paperbot.lists.text import STAR, unmark
from paperbot.lists.values import Entry
from paperbot.lists.venues import MONTHS
from paperbot.paper import Link

Slot = Literal["", "number", "tag", "title", "url", "authors", "venue", "year", "short", "note"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A place for a value, or (with the empty slot) words that every such entry has.

    Of authors, ``words`` and ``last`` stand between names and before the last one; with ``short``
    the first alone is named, ``words`` behind.
    """

    slot: Slot
    words: str = ""
    last: str = ""
    short: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """An entry's shape.

    ``odd`` tells that it has words that may belong to this one entry, ``cut`` that something of
    the entry was left out to see its shape; ``host`` is that of the entry's link.
    """

    pieces: tuple[Piece, ...]
    odd: bool
    cut: bool
    host: str

    @property
    def skeleton(self) -> str:
        """The shape as one text, the same for entries written alike."""
        return "".join(p.words if not p.slot else f"\x00{p.slot}\x00" for p in self.pieces)

    @property
    def label(self) -> str:
        """The words by which it names its link, empty where the title carries it."""
        for before, piece in pairwise(self.pieces):
            if piece.slot == "url" and (found := re.search(r"\[([^\[\]]+)\]+\($", before.words)):
                return found[1]
        return ""

    @property
    def needs(self) -> frozenset[str]:
        """The fields without which it cannot be filled."""
        names = {"url": "link", "short": "year", "authors": "authors", "venue": "venue",
                 "year": "year", "note": "note"}  # fmt: skip
        return frozenset(names[p.slot] for p in self.pieces if p.slot in names)

    @property
    def carries(self) -> frozenset[str]:
        """The fields that it has a place for."""
        tagged = any(p.slot == "tag" for p in self.pieces)
        return self.needs | (frozenset(("citations", "year", "venue", "kind")) if tagged else set())


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
        self.raw = self.raw.rstrip().removesuffix("\\").rstrip() if "\n" not in self.raw else (
            self.raw.rstrip())  # fmt: skip
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
        return found and not _MONTH.search(self._left())

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
        places = [m.start() for m in re.finditer(re.escape(words), self.raw) if words]
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
            found = re.search(re.escape(people[0]) + r"(,? et\.? al\b\.?)?", self.raw)
            if not found or not self._free(*found.span()):
                return False
            piece = Piece("authors", found[1] or ", ", short=bool(found[1]))
            self.claims.append((*found.span(), piece))
            return True
        between = r"(\s*(?:[;,&]|\band\b|,\s*and\b|,\s*&)\s*)"
        found = re.search(between.join(map(re.escape, people)), self.raw)
        if not found or not self._free(*found.span()):
            return False
        first = found[1] if len(people) > 2 else ", "
        self.claims.append((*found.span(), Piece("authors", first, found[len(people) - 1])))
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
    raw = re.sub(rf"(?<![\w/.-])(?:\d{{1,2}} )?{MONTHS},? (?={year}\b)", "", raw, flags=re.I)
    return re.sub(rf"(?<![\w/.-])({year})[-./]\d{{1,2}}(?:[-./]\d{{1,2}})?\b", r"\1", raw)


def main_link(entry: Entry) -> Link | None:
    """The link that leads to the work itself, else the first."""
    for link in entry.links:
        if link.role in ("paper", "pdf", "other"):
            return link
    return entry.links[0] if entry.links else None


def _is_odd(words: str) -> bool:
    """Whether what is left beside the values may belong to this one entry: a date, a remark."""
    if "<!--" in words or unmark(words) != words:
        return True
    words = re.sub(r"<[^<>]*>", " ", words)
    rest = re.findall(r"\w+", words)
    return any(word_role(one) is None and one.lower() not in _COMMON for one in rest)


@dataclass(frozen=True, slots=True)
class TagStyle:
    """How a list writes its citation tags: ``[C60 2024 USENIX]`` or ``[C9 ISCA Y2024]``."""

    year: str = ""
    venue_first: bool = False

    @classmethod
    def of(cls, text: str) -> TagStyle:
        """The style that most of a list's tags have."""
        tags = [found[0][1:-1] for found in CITATION_TAG.finditer(text)]
        before = sum(bool(re.match(r"C\s?\d+ [A-Z]\w+ Y?\d{4}$", tag)) for tag in tags)
        after = sum(bool(re.match(r"C\s?\d+ Y?\d{4} [A-Z]\w+$", tag)) for tag in tags)
        marked = sum(bool(re.search(r"\bY\d{4}\b", tag)) for tag in tags)
        dated = sum(bool(re.search(r" \d{4}\b", tag)) for tag in tags)
        return cls("Y" if marked > dated else "", before > after)

    def write(self, new: NewEntry) -> str:
        """The tag of a new entry; empty where it has nothing that a tag tells."""
        year = f"{self.year}{new.year}" if new.year is not None else ""
        parts = [year, new.venue or ""]
        if self.venue_first:
            parts.reverse()
        count = f"C{new.citations}" if new.citations is not None else ""
        kind = (new.kind or "").capitalize()
        words = " ".join(filter(None, [count, *parts, kind]))
        return f"[{words}]" if words else ""


def fill(pattern: Pattern, new: NewEntry, *, number: str, title: str, tag: TagStyle) -> str:
    """A new entry written in a shape; ``title`` is as the list's markup has it."""
    out: list[str] = []
    for at, piece in enumerate(pattern.pieces):
        words = _value(piece, new, number, title, tag)
        if piece.slot == "" and at:
            before = pattern.pieces[at - 1].slot
            if before == "tag" and not out[-1]:
                words = words.lstrip(" ")
            if before == "title" and title.endswith((".", "?", "!")) and words[:1] == ".":
                words = words[1:]
        out.append(words)
    return "".join(out)


def _value(piece: Piece, new: NewEntry, number: str, title: str, tag: TagStyle) -> str:
    if piece.slot == "authors":
        return people_text(new.authors, piece)
    values = {"": piece.words, "number": number, "title": title, "tag": "",
              "url": safe_url(new.links[0]) if new.links else "",
              "venue": new.venue or "", "year": str(new.year or ""),
              "short": str(new.year or "")[2:], "note": new.note or ""}  # fmt: skip
    return tag.write(new) if piece.slot == "tag" else values[piece.slot]


def people_text(people: tuple[str, ...], piece: Piece) -> str:
    """The authors as a piece joins them."""
    if len(people) < 2:
        return people[0]
    if piece.short:
        return family(people[0]) + piece.words
    last = piece.last or piece.words
    return piece.words.join(people[:-1]) + last + people[-1]


def safe_url(url: str) -> str:
    """A URL that can stand in round brackets."""
    url = url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    if url.count("(") != url.count(")"):
        url = url.replace("(", "%28").replace(")", "%29")
    return url
