"""One list from its bytes or text: the format is told by the name, the rest by the content."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath

from paperbot.lists.bibtex import read_bibtex
from paperbot.lists.canonical.reading import is_canonical, read_canonical
from paperbot.lists.csv import read_csv
from paperbot.lists.draft import Draft
from paperbot.lists.evidence import MOSTLY, kind_of, settle, weight
from paperbot.lists.files import clean_lines, decode
from paperbot.lists.frontmatter import FrontMatter, read_front_matter
from paperbot.lists.identity import keys_of
from paperbot.lists.lead import Habits
from paperbot.lists.markdown import read_markdown, read_rst
from paperbot.lists.outline import Outline, Place, Placed
from paperbot.lists.people import puts_people_first
from paperbot.lists.records import read_json, read_yaml
from paperbot.lists.tags import CITATION_TAG
from paperbot.lists.values import Entry, ParsedList, Problem
from paperbot.lists.wording import short
from paperbot.paper import Kind, Link, Section

_READERS: dict[str, Callable[[str, str, Habits], Outline]] = {
    ".bib": read_bibtex,
    ".csv": read_csv,
    ".tsv": read_csv,
    ".json": read_json,
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".rst": read_rst,
}
"""Formats by suffix; all others are Markdown."""

_RECORDS = (".bib", ".csv", ".tsv", ".json", ".yaml", ".yml")

COUNTED = 3
"""Citation tags from which a list is held to count citations."""


def parse(source: bytes | str, name: str, *, this_year: int) -> ParsedList:
    """Reads one list; never raises on its content: what cannot be read is a problem in the result.

    ``name`` is the path relative to the lists folder; its suffix tells the format (Markdown where
    unknown). ``this_year`` bounds what can be a year.
    """
    problems: list[Problem] = []
    if isinstance(source, bytes):
        source, problems = decode(source, name)
        if problems and not source:
            return ParsedList(name, problems=tuple(problems))
    if is_canonical(source):
        return read_canonical(source, name, this_year=this_year)
    lines, more = clean_lines(source.removeprefix("\ufeff"), name)
    problems += more
    front = (
        read_front_matter(lines) if not name.lower().endswith((".yml", ".yaml")) else FrontMatter()
    )
    lines[: front.lines] = [""] * front.lines
    body = "\n".join(lines)
    habits = Habits(
        this_year,
        counts=len(CITATION_TAG.findall(body)) >= COUNTED,
        people_first=puts_people_first(body),
    )
    reader = _READERS.get(PurePosixPath(name).suffix.lower(), read_markdown)
    walked = reader(body, name, habits)
    if not walked.entries and not problems and not walked.problems:
        what = "an empty file" if not body.strip() else "no entry found in this file"
        problems.append(Problem(name, 1, what, "add entries, or move the file out of the lists"))
    return assemble(walked, front, problems)


def assemble(walked: Outline, front: FrontMatter, problems: Iterable[Problem]) -> ParsedList:
    """The values of a finished walk."""
    name = walked.name
    _put_back_prose(walked)
    entries, doubts = _entries(walked.entries, name)
    sections = list(walked.places.values())
    return ParsedList(
        name=name,
        entries=tuple(entries),
        sections=tuple(
            Section(place.path, "\n".join(place.words) or None, order, name, place.line)
            for order, place in enumerate(sections)
        ),
        notes=tuple(walked.notes.loose),
        problems=tuple(
            sorted(
                [*problems, *walked.problems, *walked.notes.problems, *doubts],
                key=lambda problem: problem.line,
            )
        ),
        title=front.title or _first_heading(walked),
        date=front.date,
        permalink=front.permalink,
    )


_DOUBT = "“{}” is taken for a {}, on little evidence"
_REMEDY = "add a link, a venue or a year, or a tag such as [Blog]"

LINKED = 0.7
"""Share of entries with links from which a bullet without any sign of a work is held for prose."""


def _put_back_prose(walked: Outline) -> None:
    """Bullets that name no work in a list of linked works belong to the introduction."""
    if PurePosixPath(walked.name).suffix.lower() in _RECORDS:
        return  # a record with a title is no prose
    bare = [p for p in walked.entries if not p.draft.links and weight(p.draft) == 0]
    linked = sum(bool(p.draft.links) for p in walked.entries)
    if not bare or linked < LINKED * len(walked.entries):
        return
    gone = {id(placed) for placed in bare}
    for placed in bare:
        place = walked.places.setdefault(placed.section, Place(placed.section, placed.draft.line))
        words = [placed.draft.title, *(note.text for note in placed.draft.notes)]
        place.words.append("\n".join(words))
    walked.entries = [placed for placed in walked.entries if id(placed) not in gone]


def _first_heading(walked: Outline) -> str | None:
    return next((path[0] for path in walked.places if path), None)


def _entries(placed: list[Placed], name: str) -> tuple[list[Entry], list[Problem]]:
    kinds: list[tuple[Kind, bool]] = [kind_of(p.draft, p.section) for p in placed]
    by_section: dict[tuple[str, ...], list[int]] = {}
    for at, p in enumerate(placed):
        by_section.setdefault(p.section, []).append(at)
    sure = [kind for kind, certain in kinds if certain]
    mostly = sum(kind in ("paper", "survey") for kind in sure) >= MOSTLY * len(sure)
    for members in by_section.values() if mostly else ():
        for at, kind in zip(members, settle([kinds[at] for at in members]), strict=True):
            kinds[at] = kind
    entries = [entry_of(p, name, kind) for p, (kind, _) in zip(placed, kinds, strict=True)]
    doubts = [
        Problem(name, entry.line, _DOUBT.format(short(entry.title), entry.kind), _REMEDY)
        for entry, (_, sure) in zip(entries, kinds, strict=True)
        if not sure
    ]  # fmt: skip
    return entries, doubts


def entry_of(placed: Placed, name: str, kind: Kind) -> Entry:
    """The finished entry of a draft."""
    draft: Draft = placed.draft
    links = tuple(_own_page(link, draft.own, kind) for link in own_first(draft))
    aliases = tuple(dict.fromkeys(a for a in draft.aliases if a and a != draft.title))
    return Entry(
        title=draft.title,
        file=name,
        line=draft.line,
        aliases=aliases,
        authors=draft.authors,
        year=draft.year,
        year_derived=draft.year_derived,
        venue=draft.venue,
        citations=draft.citations,
        stars=int(draft.starred),
        pages=draft.pages,
        labels=tuple(draft.labels),
        kind=kind,
        section=placed.section,
        links=links,
        notes=tuple(draft.notes),
        keys=keys_of(draft.title, links),
    )


def own_first(draft: Draft) -> list[Link]:
    """The links with the title's own before the others; the work's own page where another is."""
    own = [link for link in draft.links if link.url == draft.own]
    others = [link for link in draft.links if link.url != draft.own]
    if own and own[0].role == "pdf" and any(link.role == "paper" for link in others):
        own = [Link("paper", own[0].url)]
    return own + others


def _own_page(link: Link, own: str | None, kind: Kind) -> Link:
    """The link that a paper's title carries leads to the paper, where its host does not tell."""
    if link.role == "other" and link.url == own and kind in ("paper", "survey", "thesis"):
        return Link("paper", link.url)
    return link
