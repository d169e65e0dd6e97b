"""Entries to papers: one paper for each work, every mention kept, conflicts reported.

The result does not depend on the order in which lists are handed in, and its cost is linear in
the number of entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from paperbot.lists.identity import paper_id, title_key
from paperbot.lists.matching import Groups, group_entries
from paperbot.lists.values import Entry, ParsedList, Problem, Reading, collection_paused
from paperbot.paper import Kind, Link, Mention, Note, Paper

_NO_ALIASES: Mapping[str, str] = {}


def join(parsed: Sequence[ParsedList], *, aliases: Mapping[str, str] = _NO_ALIASES) -> Reading:
    """One paper for each work in the lists.

    ``aliases`` holds titles that a person knows to be one work, each mapped to the other title.
    Where mentions differ, a stated value beats a derived one, and the newer list (by its front
    matter; of equally old ones the longer) beats the older; each such conflict is a problem.
    Lists with the same permalink are copies of one list: a star in both counts once.
    """
    with collection_paused():
        return _join(sorted(parsed, key=lambda p: p.name), aliases)


def _join(lists: Sequence[ParsedList], aliases: Mapping[str, str]) -> Reading:
    entries = [entry for one in lists for entry in one.entries]
    orders = [order for one in lists for order in range(len(one.entries))]
    groups = group_entries(entries, aliases)
    context = _Context(lists)
    problems = [problem for one in lists for problem in one.problems]
    problems += groups.problems
    taken: set[str] = set()
    papers = [
        _paper(members, entries, orders, context=context, taken=taken, problems=problems)
        for members in groups.members
    ]
    papers = _place_loose_notes(lists, papers, groups, problems)
    problems.sort(key=lambda problem: (problem.file, problem.line))
    return Reading(
        papers=tuple(papers),
        entries=tuple(entries),
        sections=tuple(section for one in lists for section in one.sections),
        problems=tuple(problems),
    )


class _Context:
    """What joining needs to know of each list: its rank, its date, whose copy it is."""

    def __init__(self, lists: Sequence[ParsedList]) -> None:
        ranked = sorted(
            lists,
            key=lambda p: (
                p.date is None,
                -(p.date or date.min).toordinal(),
                -len(p.entries),
                p.name,
            ),
        )
        self.rank = {one.name: at for at, one in enumerate(ranked)}
        self.date = {one.name: one.date for one in lists}
        self.source = {one.name: one.permalink or one.name for one in lists}


def _paper(
    members: list[int],
    entries: Sequence[Entry],
    orders: Sequence[int],
    *,
    context: _Context,
    taken: set[str],
    problems: list[Problem],
) -> Paper:
    if len(members) == 1:
        return _single(entries[members[0]], orders[members[0]], context, taken)
    mentions = tuple(_mention(entries[at], orders[at]) for at in members)
    ranked = sorted((entries[at] for at in members), key=lambda e: (context.rank[e.file], e.line))
    title = ranked[0].title
    year, derived = _year(ranked, problems)
    citations, as_of = _citations(ranked, context, problems)
    return Paper(
        id=_free_id([k for e in ranked for k in e.keys], title, taken),
        title=title,
        mentions=mentions,
        aliases=_aliases(ranked, title),
        authors=_longest(ranked),
        year=year,
        year_derived=derived,
        venue=_first(ranked, "venue"),
        citations=citations,
        citations_as_of=as_of,
        stars=len({context.source[e.file] for e in ranked if e.stars}),
        pages=_first(ranked, "pages"),
        labels=tuple(dict.fromkeys(label for e in ranked for label in e.labels)),
        kind=_kind(ranked),
        sections=tuple(dict.fromkeys(m.section for m in mentions if m.section)),
        notes=_notes(ranked),
        links=_links(ranked),
    )


def _single(entry: Entry, order: int, context: _Context, taken: set[str]) -> Paper:
    return Paper(
        _free_id(list(entry.keys), entry.title, taken),
        entry.title,
        (_mention(entry, order),),
        entry.aliases,
        entry.authors,
        entry.year,
        entry.year_derived,
        entry.venue,
        entry.citations,
        context.date[entry.file] if entry.citations is not None else None,
        entry.stars,
        entry.pages,
        entry.labels,
        entry.kind,
        (entry.section,) if entry.section else (),
        entry.notes,
        entry.links,
    )


def _mention(entry: Entry, order: int) -> Mention:
    return Mention(entry.file, entry.line, order, entry.title, entry.section)


def _free_id(keys: list[str], title: str, taken: set[str]) -> str:
    """The id of the work; where another work holds it (a wrong link), one from the title."""
    name = paper_id(keys)
    if name in taken:
        name = paper_id([k for k in keys if k[:2] in ("t:", "c:")])
    count = 2
    base = name
    while name in taken:
        name = f"{base}-{count}"
        count += 1
    taken.add(name)
    return name


def _first(ranked: Sequence[Entry], field: str) -> Any:
    return next((v for e in ranked if (v := getattr(e, field)) is not None), None)


def _year(ranked: Sequence[Entry], problems: list[Problem]) -> tuple[int | None, bool]:
    stated = [e for e in ranked if e.year is not None and not e.year_derived]
    if stated:
        _report(stated, "year", problems)
        return stated[0].year, False
    year = _first(ranked, "year")
    return year, year is not None


def _citations(
    ranked: Sequence[Entry], context: _Context, problems: list[Problem]
) -> tuple[int | None, date | None]:
    counted = [e for e in ranked if e.citations is not None]
    if not counted:
        return None, None
    dated = context.date[counted[0].file]
    _report([e for e in counted if context.date[e.file] == dated], "citations", problems)
    return counted[0].citations, dated


def _report(ranked: Sequence[Entry], what: str, problems: list[Problem]) -> None:
    kept = ranked[0]
    value = getattr(kept, what)
    kept_as = f"but {kept.file}:{kept.line} says {value}, which is kept"
    problems.extend(
        Problem(one.file, one.line, f"{what} {getattr(one, what)}, {kept_as}", "make both the same")
        for one in ranked[1:]
        if getattr(one, what) != value
    )


def _aliases(ranked: Sequence[Entry], title: str) -> tuple[str, ...]:
    names = [alias for e in ranked for alias in e.aliases]
    names += [e.title for e in ranked]
    seen = {title_key(title)}
    kept: list[str] = []
    for name in names:
        key = title_key(name)
        if key not in seen:
            seen.add(key)
            kept.append(name)
    return tuple(kept)


def _longest(ranked: Sequence[Entry]) -> tuple[str, ...]:
    best: tuple[str, ...] = ()
    for entry in ranked:
        if len(entry.authors) > len(best):
            best = entry.authors
    return best


def _kind(ranked: Sequence[Entry]) -> Kind:
    kinds = [e.kind for e in ranked]
    if "survey" in kinds:
        return "survey"
    return "paper" if "paper" in kinds else kinds[0]


def _notes(ranked: Sequence[Entry]) -> tuple[Note, ...]:
    seen: dict[str, Note] = {}
    for entry in ranked:
        for note in entry.notes:
            seen.setdefault(note.text, note)
    return tuple(seen.values())


def _links(ranked: Sequence[Entry]) -> tuple[Link, ...]:
    seen: dict[str, Link] = {}
    for entry in ranked:
        for link in entry.links:
            seen.setdefault(link.url, link)
    return tuple(seen.values())


def _place_loose_notes(
    lists: Sequence[ParsedList], papers: list[Paper], groups: Groups, problems: list[Problem]
) -> list[Paper]:
    """Notes that name a paper of another list go to it; the others are reported."""
    loose = [(one, note) for one in lists for note in one.notes]
    if not loose:
        return papers
    by_name = {title_key(n): at for at, p in enumerate(papers) for n in (p.title, *p.aliases)}
    for one, note in loose:
        at = by_name.get(title_key(note.heading))
        if at is None:
            what = f"the note “{note.heading}” names no paper of the lists"
            problems.append(
                Problem(one.name, note.note.line, what, "give its heading the paper's title")
            )
            continue
        papers[at] = _with_note(papers[at], note.note)
    return papers


def _with_note(paper: Paper, note: Note) -> Paper:
    return replace(paper, notes=(*paper.notes, note))
