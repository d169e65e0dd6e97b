"""Questions as they are understood, and answers with their reasons: the values of ``search``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from paperbot.paper import Kind, Paper, SectionPath

Confidence = Literal["close", "loose", "nothing"]
"""close · loosely related · nothing close, calibrated per model."""

Intent = Literal["topic", "compare", "path", "similar"]

Stage = Literal["survey", "groundwork", "newest"]
"""What a paper is to someone who starts."""

STAGES: dict[Stage | None, str] = {
    "survey": "A survey first",
    "groundwork": "Groundwork",
    "newest": "The newest",
    None: "Beside the path",
}
"""What stands above the papers of each stage where an answer is a reading path."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a paper must be, whatever its topic. ``None`` and ``False`` ask for nothing.

    ``since`` and ``until`` are years, both included; a paper of unknown year passes neither.
    ``not_years`` are left out; here an unknown year passes. ``min_citations`` and
    ``max_citations`` bound the count, which must be known.
    ``section`` matches any part of a section path, without regard to case; ``venue`` likewise,
    several joined by " or ". ``not_kinds`` are kinds that are left out.
    ``not_about`` are topics: a paper that is mainly about one of them is left out.
    """

    since: int | None = None
    until: int | None = None
    section: str | None = None
    kind: Kind | None = None
    not_kinds: tuple[Kind, ...] = ()
    venue: str | None = None
    starred: bool = False
    min_citations: int | None = None
    max_citations: int | None = None
    not_years: tuple[int, ...] = ()
    not_about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    ``text`` is the topic, clean of phrasing and filters; ``sides`` are the two (or more) things
    a comparison names, and ``text`` then what they are compared for, if anything; ``count`` is how many papers were asked for, if the words say so;
    ``recent`` and ``cited`` are wishes ("recent", "highly cited") that nudge the ranking.
    """

    text: str
    asked: str
    filters: Filters = Filters()
    intent: Intent = "topic"
    sides: tuple[str, ...] = ()
    count: int | None = None
    recent: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One named share of a score. ``value`` is in the score's units; the parts of a hit add up."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Step:
    """Where on a reading path a paper stands, and the reason."""

    stage: Stage
    reason: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that answers, its score (higher is better), the parts of it, and one line of why.

    ``step`` is its place where the answer is a reading path.
    """

    rank: int
    paper: Paper
    score: float
    parts: tuple[Part, ...]
    why: str
    step: Step | None = None

    @property
    def because(self) -> str:
        """Why it stands where it does, in one line: as a step of a path first, then as a match."""
        if self.step is None:
            return self.why
        reason = self.step.reason
        return "; ".join([reason, *(part for part in self.why.split("; ") if part != reason)])


@dataclass(frozen=True, slots=True)
class Answer:
    """What paperbot says to a question.

    ``understood`` tells in one line how the question was read (topic, filters, spelling
    repaired); ``total`` is how many papers stand behind the page in ``hits``;
    ``sections`` are the nearest sections, offered when nothing is close; ``remarks`` are
    one-line warnings for the asker (such as an uncalibrated model).
    """

    query: Query
    understood: str
    confidence: Confidence
    hits: tuple[Hit, ...]
    total: int
    sections: tuple[SectionPath, ...] = ()
    remarks: tuple[str, ...] = ()
    took_ms: float = 0.0

    @property
    def staged(self) -> list[tuple[str, Hit]]:
        """Each hit with what stands above it: where a stage of a reading path begins, its title."""
        if not any(hit.step for hit in self.hits):
            return [("", hit) for hit in self.hits]
        stages = [hit.step.stage if hit.step else None for hit in self.hits]
        begins = [at == 0 or stage != stages[at - 1] for at, stage in enumerate(stages)]
        return [
            (STAGES[stage] if begin else "", hit)
            for stage, begin, hit in zip(stages, begins, self.hits, strict=True)
        ]
