"""What the facade tells beside answers."""

from __future__ import annotations

from dataclasses import dataclass

from paperbot.paper import SectionPath


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper that a beginning of a title or nickname may mean."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section and how many papers stand in it."""

    path: SectionPath
    papers: int
    file: str


@dataclass(frozen=True, slots=True)
class Status:
    """What is loaded. ``stale`` tells that the lists on disk are newer; ``built_at`` is ISO."""

    papers: int
    lists: int
    sections: int
    model: str
    generation: str
    built_at: str
    problems: int
    stale: bool
