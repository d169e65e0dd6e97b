"""A new entry written in a pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperbot.lists.adding.new import NewEntry, family
from paperbot.lists.adding.pattern import Pattern, Piece
from paperbot.lists.tags import CITATION_TAG


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


def escaped(title: str) -> str:
    """A title in which no character is a mark of Markdown."""
    title = re.sub(r"([\\`*\[\]])|<(?=[A-Za-z/!?])", lambda m: "\\" + m[0], title)
    return re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", title)
