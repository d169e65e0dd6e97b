"""A text list as it is laid out: where its entries stand, how they begin, where one more comes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from paperbot.lists.adding.extents import Extent, Form, extents
from paperbot.lists.adding.source import Source
from paperbot.lists.values import ParsedList
from paperbot.paper import SectionPath

_LEAD = re.compile(r"([ \t]*(?:>[ \t]*)*)((?:[-*+]|\d{1,4}[.)]|#{1,6})(?=[ \t])|)([ \t]*)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new entry comes: after a line, ``blank`` lines before it, like an entry's form."""

    line: int
    blank: int
    like: int | None
    empty: bool = False
    """The section holds no entry yet."""


class Layout:
    """The entries of a list with their places."""

    def __init__(self, source: Source, parsed: ParsedList) -> None:
        self.source, self.parsed = source, parsed
        self.extents = extents(source.text, parsed.name, parsed.entries)

    def place(self, section: SectionPath) -> Place:
        """After the last entry of the section, else below its heading and introduction."""
        held = [
            (extent.end, -extent.begin, at)
            for at, entry in enumerate(self.parsed.entries)
            if entry.section == section and (extent := self.extents[at]) is not None
        ]
        if held:
            end, _, at = max(held)
            return Place(end, self._gap(at, section), at)
        heading = next((s.line for s in self.parsed.sections if s.path == section), 0)
        marks = [s.line for s in self.parsed.sections if s.path != section]
        marks += [entry.line for entry in self.parsed.entries]
        until = min((line for line in marks if line > heading), default=len(self.source.lines) + 1)
        line = until - 1
        while line > heading and not re.search(r"\w", self.source.lines[line - 1]):
            line -= 1
        return Place(line, 1 if line else 0, self._example(heading), empty=True)

    def _gap(self, at: int, section: SectionPath) -> int:
        """The blank lines that part the entries of a section, else those of entries like its."""
        kin = self.kin(at)
        here: list[int] = []
        anywhere: list[int] = []
        alike = [n for n, extent in enumerate(self.extents) if extent and self.kin(n) == kin]
        for one, other in pairwise(alike):
            where = self.parsed.entries[one].section
            begin, end = self.extent(other).begin, self.extent(one).end
            if where == self.parsed.entries[other].section and begin > end:
                if not any(line.strip() for line in self.source.lines[end : begin - 1]):
                    (here if where == section else anywhere).append(begin - end - 1)
        if here:
            return here[-1]
        usual = 0 if self.form(at) in ("item", "row", "html") else 1
        return Counter(anywhere).most_common(1)[0][0] if anywhere else usual

    def _example(self, line: int) -> int | None:
        """The entry that an empty section's first may look like: the nearest before it."""
        known = [
            (abs(extent.begin - line), at)
            for at, extent in enumerate(self.extents)
            if extent is not None
        ]
        return min(known)[1] if known else None

    def extent(self, at: int) -> Extent:
        """Where an entry stands that has a place of its own."""
        extent = self.extents[at]
        assert extent is not None
        return extent

    def form(self, at: int | None) -> Form:
        """What sort of block an entry is; an item where there is none to look at."""
        return "item" if at is None else self.extent(at).form

    def raw(self, at: int) -> str:
        """An entry's raw lines."""
        extent = self.extent(at)
        return self.source.raw(extent.begin, extent.end)

    def lead(self, at: int | None) -> tuple[str, str, str]:
        """Indent, bullet or number, and blanks before an entry's words."""
        found = _LEAD.match(self.raw(at)) if at is not None else None
        return (found[1], found[2], found[3]) if found else ("", "-", " ")

    def kin(self, at: int) -> tuple[str, str, str]:
        """What entries must have in common to be written alike: form, indent and bullet."""
        indent, mark, _ = self.lead(at)
        return self.form(at), indent, re.sub(r"\d+", "1", mark)

    def number(self, place: Place) -> str:
        """The next number; where every item is "1." it is 1."""
        if place.like is None:
            return "1"
        kin = self.kin(place.like)
        section = self.parsed.entries[place.like].section
        numbers = [
            (entry.section == section, int(found[0]))
            for at, entry in enumerate(self.parsed.entries)
            if self.extents[at] is not None
            and self.kin(at) == kin
            and (found := re.search(r"\d+", self.raw(at)[:24]))
        ]
        own = [number for here, number in numbers if here]
        same = len(numbers) > 2 and {number for _, number in numbers} == {1}
        if same or not own:
            return "1"
        return "1" if place.empty else str(own[-1] + 1)
