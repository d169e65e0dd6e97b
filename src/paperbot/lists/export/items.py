"""What is exported: an entry with all the sections in which it stands, in a given order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperbot.errors import UsageError
from paperbot.lists.headings import matching, unknown_section
from paperbot.lists.values import Entry, ParsedList, Reading
from paperbot.paper import Paper, Section, SectionPath


@dataclass(frozen=True, slots=True)
class Item:
    """One work to export; ``sections`` are all in which lists place it."""

    entry: Entry
    sections: tuple[SectionPath, ...] = ()


def items_of(papers: Iterable[Paper]) -> tuple[Item, ...]:
    """Papers, each with what all its mentions say together."""
    return tuple(Item(_entry_of(paper), paper.sections) for paper in papers)


def _entry_of(paper: Paper) -> Entry:
    first = paper.mentions[0]
    return Entry(
        title=paper.title,
        file=first.file,
        line=first.line,
        aliases=paper.aliases,
        authors=paper.authors,
        year=paper.year,
        year_derived=paper.year_derived,
        venue=paper.venue,
        citations=paper.citations,
        stars=min(paper.stars, 1),
        pages=paper.pages,
        labels=paper.labels,
        kind=paper.kind,
        section=first.section,
        links=paper.links,
        notes=paper.notes,
    )


def in_list_order(reading: Reading) -> tuple[Paper, ...]:
    """Every work once, where its first mention stands: by list, then by place in the list."""
    return tuple(sorted(reading.papers, key=lambda p: (p.mentions[0].file, p.mentions[0].order)))


def of_section(reading: Reading, name: str) -> tuple[Paper, ...]:
    """The works of a section and of those below it, in the order of the list.

    ``name`` is a heading, or a path "A > B"; where no heading is it exactly, those that hold it
    count. Raises ``UsageError`` with the nearest headings.
    """
    paths = matching([section.path for section in reading.sections], name)
    if not paths:
        raise UsageError(unknown_section(name, [s.path for s in reading.sections]))
    chosen = set(paths)
    found = [
        (mention.file, mention.order, at)
        for at, paper in enumerate(reading.papers)
        for mention in paper.mentions
        if any(mention.section[:depth] in chosen for depth in range(1, len(mention.section) + 1))
    ]
    return tuple(dict.fromkeys(reading.papers[at] for _, _, at in sorted(found)))


def merged(lists: Sequence[ParsedList]) -> ParsedList:
    """Several lists as one: sections of one path become one, entries keep their order."""
    if len(lists) == 1:
        return lists[0]
    words: dict[SectionPath, list[str]] = {}
    for one in lists:
        for section in one.sections:
            kept = words.setdefault(section.path, [])
            if section.introduction and section.introduction not in kept:
                kept.append(section.introduction)
    return ParsedList(
        name="",
        entries=tuple(entry for one in lists for entry in one.entries),
        sections=tuple(
            Section(path, "\n".join(kept) or None, order, "", 0)
            for order, (path, kept) in enumerate(words.items())
        ),
        notes=tuple(note for one in lists for note in one.notes),
        title="Reading lists",
    )
