"""A new entry for a text list, written as the entries round its place are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from paperbot.lists.adding.filling import TagStyle, escaped, fill, safe_url
from paperbot.lists.adding.layout import Layout, Place
from paperbot.lists.adding.learning import learn
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.pattern import Pattern
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

ASKED = 400
"""Entries that are asked how they are written, the nearest to the new one's place first."""

TRIED = 3
"""Shapes tried of each sort; the commonest comes first."""


class TextList:
    """A Markdown or reStructuredText list that takes a new entry."""

    def __init__(self, source: Source, parsed: ParsedList, this_year: int) -> None:
        self.source, self.parsed = source, parsed
        self.layout = Layout(source, parsed)
        counts = len(CITATION_TAG.findall(source.text)) >= COUNTED
        self.habits = Habits(this_year, counts=counts)
        self.tag = TagStyle.of(source.text)
        stars = Counter(found[0] for found in STAR.finditer(source.text))
        self.star = stars.most_common(1)[0][0] if stars else ":+1:"
        self._known: dict[tuple[int, bool], list[tuple[int, Pattern]]] = {}

    def proposals(
        self, section: SectionPath, new: NewEntry
    ) -> Iterator[tuple[bytes, frozenset[str]]]:
        """The list with the entry added, in one shape after another, the likeliest first.

        With each the fields that its shape has a place for.
        """
        place = self.layout.place(section)
        lead = self.layout.lead(place.like)
        for text, carries in self._texts(place, new):
            lines = [*[""] * place.blank, *text.split("\n")]
            after = self.source.lines[place.line : place.line + 1]
            if place.empty and after and after[0].strip():
                lines.append("")
            if new.note is not None and self.layout.form(place.like) == "item":
                width = len(lead[0]) + len(lead[1]) + max(len(lead[2]), 1)
                for words in (new.note, f"Note: {new.note}"):
                    noted = [line for line in lines if line or place.blank]
                    noted = [*noted, " " * width + f"- {words}"]
                    yield self.source.after_line(place.line, noted), carries | {"note"}
            yield self.source.after_line(place.line, lines), carries

    def _texts(self, place: Place, new: NewEntry) -> Iterator[tuple[str, frozenset[str]]]:
        if place.like is not None and self.layout.form(place.like) == "row":
            row = self._row(place, new)
            if row is not None:
                yield row, frozenset()
                return
        number = self.layout.number(place)
        plain = escaped(new.title)
        always = {"link", "star"}
        for pattern in self._ranked(place, new, linked=True):
            yield self._filled(pattern, new, number, plain), pattern.carries | always
        linked = f"[{plain}]({safe_url(new.links[0])})" if new.links else plain
        for pattern in self._ranked(place, new, linked=False):
            yield self._filled(pattern, new, number, linked), pattern.carries | always
        begin = self._begin(place, number)
        tag = self.tag.write(new) if self.habits.counts else ""
        url = safe_url(new.links[0]) if new.links else None
        is_rst = self.parsed.name.lower().endswith(".rst")
        for words in (f"`{plain} <{url}>`_",) if url and is_rst else _plain_shapes(plain, url):
            text = begin + " ".join(filter(None, [tag, words])) + self._tail(new)
            yield text, frozenset(always)

    def _begin(self, place: Place, number: str) -> str:
        indent, mark, blanks = self.layout.lead(place.like)
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

    def _patterns(self, like: int, *, noted: bool) -> list[tuple[int, Pattern]]:
        """The shapes of entries of one kin, each with the entry's number; the nearest are asked."""
        known = self._known.get((like, noted))
        if known is None:
            kin = self.layout.kin(like)
            alike = [
                at
                for at, extent in enumerate(self.layout.extents)
                if extent is not None
                and extent.end - extent.begin < LONGEST
                and self.layout.kin(at) == kin
            ]
            known = self._known[like, noted] = [
                (at, pattern)
                for at in sorted(alike, key=lambda at: abs(at - like))[:ASKED]
                if (pattern := self._learnt(at, noted=noted)) is not None
            ]
        return known

    def _learnt(self, at: int, *, noted: bool) -> Pattern | None:
        entry = self.parsed.entries[at]
        return learn(self.layout.raw(at), entry, counts=self.habits.counts, noted=noted)

    def _ranked(self, place: Place, new: NewEntry, *, linked: bool) -> list[Pattern]:
        """The shapes that the given fields can fill, those that carry most of them first."""
        if place.like is None:
            return []
        given = set(new.given)
        patterns = self._patterns(place.like, noted=False)
        if new.note is not None:
            patterns = [*patterns, *self._patterns(place.like, noted=True)]
        section = self.parsed.entries[place.like].section
        host = host_of(new.links[0]) if new.links else ""
        role = role_of("", new.links[0]) if new.links else "paper"
        seen = Counter(pattern.skeleton for _, pattern in patterns)
        best: dict[str, tuple[tuple[float, ...], Pattern]] = {}
        for at, pattern in patterns:
            if not pattern.needs <= given or ("link" in pattern.needs) != linked:
                continue
            if pattern.odd and seen[pattern.skeleton] < SEEN:
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
        table = self.layout.extent(place.like).table
        assert table is not None
        members = [
            (entry, self.layout.raw(at))
            for at, entry in enumerate(self.parsed.entries)
            if (extent := self.layout.extents[at]) is not None and extent.table is table
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
