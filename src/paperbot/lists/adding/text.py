"""A new entry for a text list, written as the entries round its place are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from paperbot.lists.adding.extents import Extent, Form, extents
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.pattern import Pattern, TagStyle, fill, learn, safe_url
from paperbot.lists.adding.source import Source
from paperbot.lists.adding.tables import row_text
from paperbot.lists.lead import Habits
from paperbot.lists.links import host_of, role_of, word_role
from paperbot.lists.parsing import COUNTED
from paperbot.lists.tags import CITATION_TAG
from paperbot.lists.text import STAR
from paperbot.lists.values import ParsedList
from paperbot.paper import SectionPath

SEEN = 3
"""How often words must stand in a list's entries to be its shape and not one entry's own."""

LONGEST = 40
"""Raw lines of an entry that are looked at for its shape."""

TRIED = 3
"""Shapes tried of each sort; the commonest comes first."""

_LEAD = re.compile(r"([ \t]*(?:>[ \t]*)*)([-*+]|\d{1,4}[.)]|#{1,6}(?= )|)([ \t]*)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new entry comes: after a line, ``blank`` lines before it, like an entry's form."""

    line: int
    blank: int
    like: int | None
    empty: bool = False
    """The section holds no entry yet."""


class TextList:
    """A Markdown or reStructuredText list that takes a new entry."""

    def __init__(self, source: Source, parsed: ParsedList, this_year: int) -> None:
        self.source, self.parsed = source, parsed
        self.extents = extents(source.text, parsed.name, parsed.entries)
        counts = len(CITATION_TAG.findall(source.text)) >= COUNTED
        self.habits = Habits(this_year, counts=counts)
        self.tag = TagStyle.of(source.text)
        stars = Counter(found[0] for found in STAR.finditer(source.text))
        self.star = stars.most_common(1)[0][0] if stars else ":+1:"
        self._patterns: list[tuple[int, Pattern]] | None = None

    def proposals(
        self, section: SectionPath, new: NewEntry
    ) -> Iterator[tuple[bytes, frozenset[str]]]:
        """The list with the entry added, in one shape after another, the likeliest first.

        With each the fields that its shape has a place for.
        """
        place = self.place(section)
        lead = self._lead(place.like)
        for text, carries in self._texts(place, new):
            lines = [*[""] * place.blank, *text.split("\n")]
            after = self.source.lines[place.line : place.line + 1]
            if place.empty and after and after[0].strip():
                lines.append("")
            if new.note is not None and self._form(place.like) == "item":
                width = len(lead[0]) + len(lead[1]) + max(len(lead[2]), 1)
                for words in (new.note, f"Note: {new.note}"):
                    noted = [line for line in lines if line or place.blank]
                    noted = [*noted, " " * width + f"- {words}"]
                    yield self.source.after_line(place.line, noted), carries | {"note"}
            yield self.source.after_line(place.line, lines), carries

    # -- where -----------------------------------------------------------------------------------

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
        kin = self._kin(at)
        here: list[int] = []
        anywhere: list[int] = []
        alike = [n for n, extent in enumerate(self.extents) if extent and self._kin(n) == kin]
        for one, other in pairwise(alike):
            where = self.parsed.entries[one].section
            begin, end = self._extent(other).begin, self._extent(one).end
            if where == self.parsed.entries[other].section and begin > end:
                if not any(line.strip() for line in self.source.lines[end : begin - 1]):
                    (here if where == section else anywhere).append(begin - end - 1)
        if here:
            return here[-1]
        usual = 0 if self._form(at) in ("item", "row", "html") else 1
        return Counter(anywhere).most_common(1)[0][0] if anywhere else usual

    def _example(self, line: int) -> int | None:
        """The entry that an empty section's first may look like: the nearest before it."""
        known = [
            (abs(extent.begin - line), at)
            for at, extent in enumerate(self.extents)
            if extent is not None
        ]
        return min(known)[1] if known else None

    # -- how -------------------------------------------------------------------------------------

    def _extent(self, at: int) -> Extent:
        extent = self.extents[at]
        assert extent is not None
        return extent

    def _form(self, at: int | None) -> Form:
        return "item" if at is None else self._extent(at).form

    def _raw(self, at: int) -> str:
        extent = self._extent(at)
        return self.source.raw(extent.begin, extent.end)

    def _lead(self, at: int | None) -> tuple[str, str, str]:
        """Indent, bullet or number, and blanks before an entry's words."""
        found = _LEAD.match(self._raw(at)) if at is not None else None
        return (found[1], found[2], found[3]) if found else ("", "-", " ")

    def _kin(self, at: int) -> tuple[str, str, str]:
        """What entries must have in common to be written alike: form, indent and bullet."""
        indent, mark, _ = self._lead(at)
        return self._form(at), indent, re.sub(r"\d+", "1", mark)

    def _texts(self, place: Place, new: NewEntry) -> Iterator[tuple[str, frozenset[str]]]:
        if place.like is not None and self._form(place.like) == "row":
            row = self._row(place, new)
            if row is not None:
                yield row, frozenset()
                return
        number = self._number(place)
        plain = escaped(new.title)
        always = {"link", "star"}
        for pattern in self._ranked(place, new, linked=True):
            yield self._filled(pattern, new, number, plain), pattern.carries | always
        linked = f"[{plain}]({safe_url(new.links[0])})" if new.links else plain
        for pattern in self._ranked(place, new, linked=False):
            yield self._filled(pattern, new, number, linked), pattern.carries | always
        begin = self._begin(place, number)
        tag = self.tag.write(new) if self.habits.counts else ""
        for words in _plain_shapes(plain, safe_url(new.links[0]) if new.links else None):
            text = begin + " ".join(filter(None, [tag, words])) + self._tail(new)
            yield text, frozenset(always)

    def _begin(self, place: Place, number: str) -> str:
        indent, mark, blanks = self._lead(place.like)
        return indent + re.sub(r"\d+", number, mark) + (blanks or " " * bool(mark))

    def _filled(self, pattern: Pattern, new: NewEntry, number: str, title: str) -> str:
        text = fill(pattern, new, number=number, title=title, tag=self.tag)
        tail = self._tail(new)
        lines = text.split("\n")
        at = next((at for at, line in enumerate(lines) if title in line), 0)
        end = re.search(r"\s*\\?$", lines[at])
        cut = end.start() if end else len(lines[at])
        lines[at] = lines[at][:cut] + tail + lines[at][cut:]
        return "\n".join(lines)

    def _tail(self, new: NewEntry) -> str:
        """What stands behind an entry: further links, then the star."""
        more = "".join(f" [[{role_of('', url)}]]({safe_url(url)})" for url in new.links[1:])
        return more + (f" {self.star}" if new.starred else "")

    def _number(self, place: Place) -> str:
        """The next number; where every item is "1." it is 1."""
        if place.like is None:
            return "1"
        kin = self._kin(place.like)
        section = self.parsed.entries[place.like].section
        numbers = [
            (entry.section == section, int(found[0]))
            for at, entry in enumerate(self.parsed.entries)
            if self.extents[at] is not None
            and self._kin(at) == kin
            and (found := re.search(r"\d+", self._raw(at)[:24]))
        ]
        own = [number for here, number in numbers if here]
        same = len(numbers) > 2 and {number for _, number in numbers} == {1}
        if same or not own:
            return "1"
        return "1" if place.empty else str(own[-1] + 1)

    @property
    def patterns(self) -> list[tuple[int, Pattern]]:
        """The shapes that entries show, each with the entry's number: without notes, and with."""
        if self._patterns is None:
            self._patterns = [
                (at, pattern)
                for noted in (False, True)
                for at, entry in enumerate(self.parsed.entries)
                if (extent := self.extents[at]) is not None
                and extent.end - extent.begin < LONGEST
                and (pattern := learn(self._raw(at), entry, counts=self.habits.counts, noted=noted))
            ]
        return self._patterns

    def _ranked(self, place: Place, new: NewEntry, *, linked: bool) -> list[Pattern]:
        """The shapes that the given fields can fill, those that carry most of them first."""
        if place.like is None:
            return []
        kin, given = self._kin(place.like), set(new.given)
        section = self.parsed.entries[place.like].section
        host = host_of(new.links[0]) if new.links else ""
        role = role_of("", new.links[0]) if new.links else "paper"
        seen = Counter(pattern.skeleton for _, pattern in self.patterns)
        best: dict[str, tuple[tuple[float, ...], Pattern]] = {}
        for at, pattern in self.patterns:
            if not pattern.needs <= given or ("link" in pattern.needs) != linked:
                continue
            if self._kin(at) != kin or (pattern.odd and seen[pattern.skeleton] < SEEN):
                continue
            if (told := word_role(pattern.label)) and told != role and told not in _OWN:
                continue
            rank = (
                float(-len(pattern.carries & given)),
                pattern.odd,
                _mislabelled(pattern, host),
                word_role(pattern.label) not in (None, "paper", role),
                not _USUAL.fullmatch(pattern.label),
                pattern.cut,
                self.parsed.entries[at].section != section,
                -seen[pattern.skeleton],
            )
            known = best.get(pattern.skeleton)
            if known is None or rank < known[0]:
                best[pattern.skeleton] = (rank, pattern)
        return [p for _, p in sorted(best.values(), key=lambda pair: pair[0])][:TRIED]

    def _row(self, place: Place, new: NewEntry) -> str | None:
        assert place.like is not None
        table = self._extent(place.like).table
        assert table is not None
        members = [
            (entry, self._raw(at))
            for at, entry in enumerate(self.parsed.entries)
            if (extent := self.extents[at]) is not None and extent.table is table
        ]
        row = row_text(table, members, new, self.habits, self.star)
        if row is None or not place.empty:
            return row
        head = self.source.raw(table.line, table.line + 1)  # a table of its own
        return f"{head}\n{row}"


_OWN = ("paper", "pdf", "other")


def _plain_shapes(title: str, url: str | None) -> tuple[str, ...]:
    """Shapes that any list understands, for where its own cannot be seen."""
    if url is None:
        return (title, f"**{title}**", f'"{title}"')
    return (f"[{title}]({url})", f"**{title}** [[paper]]({url})", f'"{title}" [[paper]]({url})')


_USUAL = re.compile(r"(?i)(?:the )?(?:paper|pdf|arxiv|link|url|doi)?(?: link)?")
"""Labels that suit any paper; a title that carries its link needs none."""

_HOST_WORD = re.compile(r"\b(arxiv|acl|acm|ieee|openreview|springer|usenix|nature|biorxiv|neurips"
                        r"|nips|cvf|pubmed|doi|semantic scholar)\b", re.I)  # fmt: skip


def _mislabelled(pattern: Pattern, host: str) -> bool:
    """Whether a link's label names a house that is not the new link's."""
    if pattern.host == host:
        return False
    return any(_HOST_WORD.search(p.words) for p in pattern.pieces if not p.slot)


def escaped(title: str) -> str:
    """A title in which no character is a mark of Markdown."""
    title = re.sub(r"([\\`*\[\]])|<(?=[A-Za-z/!?])", lambda m: "\\" + m[0], title)
    return re.sub(r"(?<!\w)_|_(?!\w)", r"\\_", title)
