"""A new entry for a list in paperbot's own shape."""

from __future__ import annotations

from collections.abc import Iterator

from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.source import Source
from paperbot.lists.canonical.writing import entry_lines
from paperbot.lists.links import role_of
from paperbot.lists.values import Entry, ParsedList
from paperbot.paper import Link, Note, SectionPath


def entry_of(new: NewEntry) -> Entry:
    """A new entry as an entry that no list holds yet."""
    roles = ((role_of("", url), url) for url in new.links)
    return Entry(
        title=new.title,
        file="",
        line=0,
        authors=new.authors,
        year=new.year,
        venue=new.venue,
        citations=new.citations,
        stars=int(new.starred),
        labels=new.labels,
        kind=new.kind or "paper",
        links=tuple(Link("paper" if role == "other" else role, url) for role, url in roles),
        notes=(Note(new.note, "", 0),) if new.note else (),
    )


def own_proposals(
    source: Source, parsed: ParsedList, section: SectionPath, new: NewEntry
) -> Iterator[bytes]:
    """The list with the entry after the last of its section, every field in its place."""
    lines = list(entry_lines(entry_of(new)))
    held = [entry.line for entry in parsed.entries if entry.section == section]
    begin = held[-1] if held else next((s.line for s in parsed.sections if s.path == section), 0)
    end = begin
    while end < len(source.lines) and source.lines[end].startswith("  " if held else (">", " ")):
        end += 1
    while not held and end < len(source.lines) and _introduces(source, end):
        end += 1
    yield source.after_line(end, lines if held else ["", *lines])


def _introduces(source: Source, at: int) -> bool:
    """Whether a line belongs to an introduction that begins after a blank line."""
    following = source.lines[at : at + 2]
    return following[0].startswith(">") or (
        not following[0].strip() and len(following) > 1 and following[1].startswith(">")
    )
