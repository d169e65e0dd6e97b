"""The words every room speaks: papers, what the lists say of them, and where they say it.

Unknown is ``None`` everywhere, never 0 and never an empty string.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Role = Literal["paper", "pdf", "code", "project", "slides", "video", "data", "blog", "other"]
"""What a link leads to. ``paper`` is the work's own page (arXiv, DOI, proceedings)."""

Kind = Literal[
    "paper", "survey", "thesis", "book", "blog", "tool", "dataset", "course", "video", "other"
]
"""What sort of thing an entry is. ``paper`` and ``survey`` are the usual answers."""

ID_SCHEMES = ("arxiv:", "doi:", "title:")
"""What the id of a paper begins with."""

SectionPath = tuple[str, ...]
"""Headings from the outermost to the innermost, clean of markup."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a paper and what it leads to."""

    role: Role
    url: str


SUMMARIES = "../summaries.md"
"""Where a summary stands, seen from the folder of the lists: in no list, but in a file of its own."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said about a paper, in plain text, and where it stands (first raw line)."""

    text: str
    file: str
    line: int

    @property
    def lent(self) -> bool:
        """Whether this is a summary lent to the paper, and not what a list says."""
        return self.file == SUMMARIES


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a work stands in a list, as that list writes it.

    ``file`` is relative to the lists folder, ``line`` counts from 1, ``order`` counts the
    entries of that file from 0: a list's own order is a teacher's advice.
    """

    file: str
    line: int
    order: int
    title: str
    section: SectionPath


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a list, with the introduction that its author wrote for readers.

    ``order`` counts the sections of its file from 0.
    """

    path: SectionPath
    introduction: str | None
    order: int
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One work, joined from every mention of it.

    ``id`` survives rewording of tags, order and section: it is made from the DOI or arXiv id
    where there is one, else from the normalised title. ``aliases`` are nicknames ("vLLM") and
    other wordings of the title. ``year_derived`` is true when no list states the year and it
    was read from an identifier. ``citations`` were counted on ``citations_as_of``. ``stars``
    counts the lists whose curator starred the work. ``mentions`` is never empty.
    """

    id: str
    title: str
    mentions: tuple[Mention, ...]
    aliases: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    year: int | None = None
    year_derived: bool = False
    venue: str | None = None
    citations: int | None = None
    citations_as_of: date | None = None
    stars: int = 0
    pages: int | None = None
    labels: tuple[str, ...] = ()
    kind: Kind = "paper"
    sections: tuple[SectionPath, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = ()

    def as_listed(self) -> Paper:
        """The paper as the lists have it: without a summary that was lent to it."""
        return replace(self, notes=tuple(note for note in self.notes if not note.lent))

    @property
    def url(self) -> str | None:
        """The first link that leads to the work itself, else the first link of any role."""
        for role in ("paper", "pdf"):
            for link in self.links:
                if link.role == role:
                    return link.url
        return self.links[0].url if self.links else None
