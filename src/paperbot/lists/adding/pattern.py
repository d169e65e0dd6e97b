"""How a list writes an entry: its words, with places for title, link, people, venue and year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

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
