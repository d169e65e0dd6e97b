"""What a list holds as far as it is read: its sections, their entries, and the lines placed."""

from __future__ import annotations

from dataclasses import dataclass, field

from paperbot.lists.draft import Draft, note_text
from paperbot.lists.evidence import FURNITURE
from paperbot.lists.lead import Habits
from paperbot.lists.ledger import Ledger
from paperbot.lists.notes import NoteBook
from paperbot.lists.tags import read_venue_tag
from paperbot.lists.values import Problem
from paperbot.lists.wording import short
from paperbot.paper import SectionPath

BOLD_LEVEL = 7
GROUP_LEVEL = 9
"""Below the six levels of headings: bold lines, then bullets that group bullets."""


@dataclass(slots=True)
class Place:
    """A section as the walk finds it."""

    path: SectionPath
    line: int
    words: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """An entry in its section."""

    draft: Draft
    section: SectionPath


class Outline:
    """Sections and entries of one list while it is read."""

    def __init__(self, name: str, habits: Habits) -> None:
        self.name, self.habits = name, habits
        self.entries: list[Placed] = []
        self.problems: list[Problem] = []
        self.places: dict[SectionPath, Place] = {}
        self.stack: list[tuple[int, str]] = []
        self.notes = NoteBook(name)
        self.last: Draft | None = None
        self.folds: list[Draft | None] = []
        self.ledger = Ledger()

    @property
    def fold_entry(self) -> Draft | None:
        """The entry whose folded details the walk is in."""
        return self.folds[-1] if self.folds else None

    @property
    def path(self) -> SectionPath:
        """The section that the walk is in."""
        return tuple(heading for _, heading in self.stack)

    def report(self, line: int, what: str, do: str) -> None:
        """A line that could not be placed."""
        self.problems.append(Problem(self.name, line, what, do))

    def enter(self, level: int, heading: str, line: int) -> None:
        """A heading begins a section; deeper ones and its equals end."""
        self.leave(level)
        self.ledger.place(line, line)
        if heading:
            self.stack.append((level, heading))
            self.places.setdefault(self.path, Place(self.path, line))
        self.last = None

    def leave(self, level: int) -> None:
        """Ends the sections of this level and deeper."""
        if level <= 6:  # folds left open end with the heading over them
            for draft in [fold for fold in self.folds if fold is not None]:
                self.folds[self.folds.index(draft)] = None
                self.add(draft)
            if level <= 2:
                self.folds.clear()
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()

    @property
    def furniture(self) -> bool:
        """Whether the walk is in a part where a list keeps house."""
        headings = [heading for level, heading in self.stack if level < GROUP_LEVEL]
        return bool(headings) and bool(FURNITURE.match(headings[-1]))

    def introduce(self, words: str, line: int, end: int | None = None) -> None:
        """Prose of a section, from ``line`` to ``end``: its introduction."""
        words = note_text(words)
        if self.furniture:
            self.keep_house(line, end or line)
        elif words:
            self.places.setdefault(self.path, Place(self.path, line)).words.append(words)
            self.ledger.place(line, end or line)

    def keep_house(self, line: int, end: int) -> None:
        """Lines by which a list keeps house are left out, and reported as such."""
        self.ledger.skip(line, end, f"under “{self.path[-1]}”, where a list keeps house")

    def add(self, draft: Draft) -> None:
        """An entry in the section at hand."""
        for _, heading in reversed(self.stack):
            tag = read_venue_tag(heading, this_year=self.habits.this_year)
            if tag is not None and tag.year is not None and draft.year is None:
                draft.year, draft.venue = tag.year, draft.venue or tag.venue
        draft.derive()
        for doubt in draft.doubts:
            self.report(draft.line, f"tag of “{short(draft.title)}”: {doubt}", "correct the tag")
        self.entries.append(Placed(draft, self.path))
        self.last = draft
