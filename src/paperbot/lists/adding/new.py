"""What is to be added, and whether an entry that was read says the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from paperbot.lists.draft import clean_title
from paperbot.lists.identity import title_key
from paperbot.lists.links import identifier
from paperbot.lists.proceedings import from_link
from paperbot.lists.tags import read_venue_tag
from paperbot.lists.text import squeeze
from paperbot.lists.values import Entry
from paperbot.paper import Kind

OPTIONAL = ("link", "authors", "year", "venue", "citations", "star", "kind", "labels", "note")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to add; what is ``None``, empty or false is not given. ``note`` is one line.

    ``source`` is the BibTeX that it was read from, ``more`` that record's further fields.
    """

    title: str
    links: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str | None = None
    citations: int | None = None
    starred: bool = False
    note: str | None = None
    kind: Kind | None = None
    labels: tuple[str, ...] = ()
    source: str | None = None
    more: tuple[str, ...] = ()

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the fields that are given beside the title."""
        values = (self.links, self.authors, self.year, self.venue, self.citations, self.starred,
                  self.kind, self.labels, self.note)  # fmt: skip
        return tuple(
            name
            for name, value in zip(OPTIONAL, values, strict=True)
            if value is not None and value is not False and value != ()
        )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an entry that was read compares: fields carried, and words on those that changed."""

    carried: tuple[str, ...]
    remarks: tuple[str, ...] = field(default=())


def compare(new: NewEntry, read: Entry, *, this_year: int) -> Likeness | None:
    """What of the new entry the read one carries; ``None`` where it says something else."""
    if title_key(read.title) != title_key(clean_title(new.title)):
        return None
    if set(read.labels) - set(new.labels):
        return None
    if not _no_more(new, read, this_year):
        return None
    carried: list[str] = []
    remarks: list[str] = []
    for name in new.given:
        told = _carries(name, new, read, this_year)
        if told is None:
            return None
        if told is not False:
            carried.append(name)
        if isinstance(told, str):
            remarks.append(told)
    return Likeness(tuple(carried), tuple(remarks))


def _no_more(new: NewEntry, read: Entry, this_year: int) -> bool:
    """Whether the read entry says nothing that was not given, but what its place implies."""
    years, venues = _implied(read, this_year)
    return not (
        (new.year is None and read.year is not None and not read.year_derived
         and read.year not in years)
        or (new.venue is None and read.venue is not None and read.venue not in venues)
        or (new.citations is None and read.citations is not None)
        or (not new.authors and read.authors)
        or (not new.starred and read.stars)
        or (new.note is None and read.notes)
        or read.pages is not None
        or any(not any(same_url(link.url, url) for url in new.links) for link in read.links)
    )  # fmt: skip


def _implied(read: Entry, this_year: int) -> tuple[set[int | None], set[str | None]]:
    """The years and venues that an entry's headings and links tell."""
    tags = [read_venue_tag(heading, this_year=this_year) for heading in read.section]
    years = {tag.year for tag in tags if tag}
    venues = {tag.venue for tag in tags if tag} | {from_link(link.url).venue for link in read.links}
    return years, venues


def _carries(name: str, new: NewEntry, read: Entry, this_year: int) -> bool | str | None:
    """Whether a field came through: yes, no, yes with a remark, or ``None``: as another value."""
    if name == "link":
        found = [url for url in new.links if any(same_url(k.url, url) for k in read.links)]
        if found and len(found) < len(new.links):
            return f"{len(new.links) - len(found)} of {len(new.links)} links has no place there"
        return bool(found)
    if name == "authors":
        return _authors(new.authors, read.authors)
    if name == "year":
        implied = read.year_derived or read.year in {None, *_implied(read, this_year)[0]}
        return read.year == new.year or (False if implied else None)
    if name == "venue":
        told = _venue(new.venue or "", read.venue)
        return False if told is None and read.venue in _implied(read, this_year)[1] else told
    if name == "citations":
        return read.citations == new.citations or (False if read.citations is None else None)
    if name == "star":
        return bool(read.stars)
    if name == "kind":
        return read.kind == new.kind
    if name == "labels":
        return set(new.labels) == set(read.labels)
    words = title_key(new.note or "")
    return any(words in title_key(note.text) for note in read.notes)


def _authors(given: tuple[str, ...], read: tuple[str, ...]) -> bool | str | None:
    if not read:
        return False
    if [title_key(one) for one in read] == [title_key(one) for one in given]:
        return True
    if len(read) == 1 and title_key(read[0]) == title_key(family(given[0])):
        return f"of the authors, this list names the first alone: {read[0]} et al."
    return None


def _venue(given: str, read: str | None) -> bool | str | None:
    if read is None:
        return False
    if title_key(read) == title_key(given):
        return True
    return f"the venue is read as {read}" if title_key(read) in title_key(given) else None


def family(name: str) -> str:
    """The family name of "Given Family", particles with it."""
    found = re.search(r"(?:\b(?:van|von|de|der|den|della|di|da|la|le|bin|ibn)\s+)*\S+$", name)
    return found[0] if found else name


def same_url(one: str, other: str) -> bool:
    """Whether two URLs are one, however their characters are written."""
    if unquote(one) == unquote(other):
        return True
    named = identifier(one)
    return named is not None and named == identifier(other)


def cleaned(words: str) -> str:
    """A line of words as a list can hold them: no control characters, single blanks."""
    return squeeze("".join(char if char.isprintable() else " " for char in words))
