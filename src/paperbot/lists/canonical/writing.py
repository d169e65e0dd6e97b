"""A list as Markdown of paperbot's own shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from paperbot.lists.canonical.escapes import escape, escape_url
from paperbot.lists.values import Entry, LooseNote, ParsedList
from paperbot.paper import Section, SectionPath

MARKER = "paperbot: 1"
"""The first line of the front matter: the shape and its version."""


def list_text(parsed: ParsedList) -> str:
    """A whole list: front matter, sections with their introductions, entries, loose notes."""
    lines = [*_front(parsed), *_body(parsed)]
    for note in parsed.notes:
        lines += ["", *_loose_note(note)]
    return "\n".join(lines).rstrip("\n") + "\n"


def entries_text(
    entries: Iterable[tuple[Entry, Sequence[SectionPath]]], title: str | None = None
) -> str:
    """Entries in the order given, such as an answer's: each names its own sections."""
    lines = ["---", MARKER, *([f"title: {_quoted(title)}"] if title else []), "---", ""]
    for entry, sections in entries:
        lines += entry_lines(entry, sections)
    return "\n".join(lines) + "\n"


def _front(parsed: ParsedList) -> Iterator[str]:
    yield "---"
    yield MARKER
    first = next((section.path[0] for section in parsed.sections if section.path), None)
    if parsed.title is not None and parsed.title != first:
        yield f"title: {_quoted(parsed.title)}"
    if parsed.date is not None:
        yield f"date: {parsed.date.isoformat()}"
    if parsed.permalink is not None:
        yield f"permalink: {_quoted(parsed.permalink)}"
    yield "---"


def _quoted(words: str) -> str:
    """A text as YAML has it, which is as JSON has it."""
    return json.dumps(words, ensure_ascii=not words.isprintable())


def _body(parsed: ParsedList) -> Iterator[str]:
    """Sections and entries in their orders; a section entered again gets its heading again."""
    where: SectionPath = ()
    order = {section.path: at for at, section in enumerate(parsed.sections)}
    shown = 0
    bullets = False
    for entry in [*parsed.entries, None]:
        until = len(parsed.sections) if entry is None else order.get(entry.section, -1) + 1
        for section in parsed.sections[shown:until]:
            yield from _headings(where, section.path)
            yield from _introduction(section)
            where, bullets = section.path, False
        shown = max(shown, until)
        if entry is None:
            return
        if entry.section != where:
            yield from _headings(where, entry.section)
            where, bullets = entry.section, False
        if not bullets:
            yield ""
        bullets = True
        yield from entry_lines(entry)


def _headings(where: SectionPath, to: SectionPath) -> Iterator[str]:
    """The headings that lead from one section to another."""
    same = 0
    while same < min(len(where), len(to)) and where[same] == to[same]:
        same += 1
    if same == len(to):  # back up, or to no section at all
        same -= 1
        if same < 0:
            yield from ("", "#") if where else ()
            return
    for level in range(same, len(to)):
        yield from ("", "#" * (level + 1) + " " + escape(to[level]))


def _introduction(section: Section) -> Iterator[str]:
    if section.introduction is not None:
        yield ""
        yield from (f"> {escape(line)}".rstrip() for line in section.introduction.split("\n"))


def entry_lines(entry: Entry, sections: Sequence[SectionPath] = ()) -> Iterator[str]:
    """One entry: a bullet with its title, a bullet below it for each field."""
    yield f"- **{escape(entry.title)}**{' :+1:' * bool(entry.stars)}"
    for alias in entry.aliases:
        yield _field("also called", alias)
    if entry.authors:
        yield "  - authors: " + "; ".join(map(_person, entry.authors))
    if entry.year is not None:
        yield f"  - {'year of its link' if entry.year_derived else 'year'}: {entry.year}"
    if entry.venue is not None:
        yield _field("venue", entry.venue)
    if entry.citations is not None:
        yield f"  - citations: {entry.citations}"
    if entry.pages is not None:
        yield f"  - pages: {entry.pages}"
    if entry.kind != "paper":
        yield f"  - kind: {entry.kind}"
    for label in entry.labels:
        yield _field("label", label)
    for path in sections:
        yield "  - section: " + " > ".join(map(escape, path))
    for link in entry.links:
        yield f"  - [{link.role}]({_destination(link.url)})"
    for note in entry.notes:
        yield from _lines("  - note: ", note.text)


def _destination(url: str) -> str:
    """A URL as Markdown has it: in angle brackets where a bracket or blank could end it."""
    escaped = escape_url(url)
    plain = escaped == url and url and not any(mark in url for mark in "()")
    return url if plain else f"<{escaped}>"


def _person(name: str) -> str:
    """A name in which no semicolon stands before a blank, as between two names."""
    return escape(name).replace("\\;", "&#59;").replace("; ", ";&#32;")


def _field(name: str, words: str) -> str:
    return f"  - {name}: {escape(words)}"


def _lines(begin: str, text: str) -> Iterator[str]:
    """A text of several lines under its bullet; the lines after the first are indented."""
    first, *rest = text.split("\n")
    yield begin + escape(first)
    yield from (f"    {escape(line)}" for line in rest)


def _loose_note(note: LooseNote) -> Iterator[str]:
    """A note that names no entry of its list."""
    yield f"- note on **{escape(note.heading)}**{' :+1:' * bool(note.stars)}"
    yield from _lines("  - note: ", note.note.text)
