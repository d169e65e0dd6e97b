"""Trying what the writers of a list's shape propose, until one reads back as it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePosixPath

from paperbot.errors import ListsError
from paperbot.lists.adding import records
from paperbot.lists.adding.new import Likeness, NewEntry, compare
from paperbot.lists.adding.own import own_proposals
from paperbot.lists.adding.source import Source
from paperbot.lists.adding.text import TextList
from paperbot.lists.canonical.reading import is_canonical
from paperbot.lists.parsing import parse
from paperbot.lists.values import Entry, ParsedList
from paperbot.paper import SectionPath

TRIES = 10
"""Shapes tried before giving up; each costs one reading of the list."""


@dataclass(frozen=True, slots=True)
class Added:
    """A list with a new entry: its bytes, the entry as read back, what is not carried."""

    data: bytes
    entry: Entry
    parsed: ParsedList
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]


def add_entry(
    data: bytes, parsed: ParsedList, section: SectionPath, new: NewEntry, *, this_year: int
) -> Added:
    """The bytes of a list with a new entry at the end of a section, in the list's own shape.

    Raises ``ListsError`` where no shape of the list reads back as the entry that was given, with
    all other entries as they were.
    """
    best: Added | None = None
    for proposal, carries in islice(_proposals(data, parsed, section, new, this_year), TRIES):
        added = _checked(proposal, parsed, section, new, this_year)
        if added is None:
            continue
        if best is None or len(added.left_out) < len(best.left_out):
            best = added
        if not carries & set(added.left_out):
            break
    if best is None:
        raise ListsError(_why_not(parsed, new))
    return best


def _why_not(parsed: ParsedList, new: NewEntry) -> str:
    linked = sum(bool(entry.links) for entry in parsed.entries) > 0.5 * len(parsed.entries)
    if not new.links and (linked or not {"year", "venue", "citations"} & set(new.given)):
        needed = "--link" if linked else "--link, --year or --citations"
        return (
            f"{parsed.name}: “{new.title}” alone would be read as prose among its entries · "
            f"give its {needed}"
        )
    return (
        f"{parsed.name}: “{new.title}” cannot be written there so that it reads back as given "
        "and nothing else changes · write it by hand, then: paperbot lists check"
    )


def _proposals(
    data: bytes, parsed: ParsedList, section: SectionPath, new: NewEntry, this_year: int
) -> Iterator[tuple[bytes, frozenset[str]]]:
    """Lists with the entry, the likeliest first, and the fields that each has a place for."""
    source = Source.of(data, parsed.name)
    suffix = PurePosixPath(parsed.name).suffix.lower()
    if is_canonical(source.text):
        for proposal in own_proposals(source, parsed, section, new):
            yield proposal, frozenset()
        return
    if suffix in records.WRITERS:
        for less in _reductions(new):
            for proposal in records.WRITERS[suffix](source, parsed, section, less):
                yield proposal, frozenset()
        return
    text = TextList(source, parsed, this_year)
    seen: set[bytes] = set()
    for less in _reductions(new):
        for proposal, carries in text.proposals(section, less):
            if proposal not in seen:
                seen.add(proposal)
                yield proposal, carries


def _reductions(new: NewEntry) -> Iterator[NewEntry]:
    """The entry, then with less of what a list's shape may read as something else."""
    yield new
    if new.venue is not None:
        yield replace(new, venue=None)
    if new.note is not None:
        yield replace(new, note=None)
    if new.authors:
        yield replace(new, authors=())
    yield replace(new, venue=None, note=None, authors=())
    yield NewEntry(new.title, new.links, citations=new.citations, starred=new.starred)
    yield NewEntry(new.title, new.links[:1])


def _checked(
    proposal: bytes,
    parsed: ParsedList,
    section: SectionPath,
    new: NewEntry,
    this_year: int,
) -> Added | None:
    """What a proposal adds, read back; ``None`` where that is not the entry and nothing else."""
    read = parse(proposal, parsed.name, this_year=this_year)
    at = _new_one(parsed, read)
    if at is None:
        return None
    entry = read.entries[at]
    likeness: Likeness | None = compare(new, entry, this_year=this_year)
    if likeness is None or entry.section != section:
        return None
    left_out = tuple(name for name in new.given if name not in likeness.carried)
    if not _as_given(new, proposal):
        left_out += new.more
    return Added(proposal, entry, read, left_out, likeness.remarks)


def _as_given(new: NewEntry, proposal: bytes) -> bool:
    """Whether a BibTeX record stands there word for word."""
    lines = (new.source or "").splitlines()
    return bool(lines) and all(line.encode() in proposal for line in lines)


def _new_one(before: ParsedList, after: ParsedList) -> int | None:
    """Which entry is new, if one is and every other entry and section is as it was."""
    if len(after.entries) != len(before.entries) + 1:
        return None
    if [(s.path, s.introduction) for s in before.sections] != [
        (s.path, s.introduction) for s in after.sections
    ]:
        return None
    was, now = [_told(e) for e in before.entries], [_told(e) for e in after.entries]
    at = next((at for at, one in enumerate(was) if one != now[at]), len(was))
    return at if was[at:] == now[at + 1 :] else None


def _told(entry: Entry) -> tuple[Entry, tuple[str, ...]]:
    """An entry without its place in the file."""
    return replace(entry, line=0, notes=()), tuple(note.text for note in entry.notes)
