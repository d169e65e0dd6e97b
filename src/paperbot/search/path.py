"""A reading path: survey, then groundwork, then the newest, each step with its reason.

Pure: it orders the hits of an answer that was ranked for a newcomer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from paperbot.search.answer import Answer, Hit

Stage = Literal["survey", "groundwork", "newest"]

# A week of evenings: one or two surveys, what the field stands on, and where it is now.
MOST = {"survey": 1, "groundwork": 4, "newest": 2}

# A step is at least this share as relevant as the best hit; a path does not wander.
LEAST_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Step:
    """One paper of a path, the stage it belongs to, and why it stands there."""

    stage: Stage
    hit: Hit
    reason: str


@dataclass(frozen=True, slots=True)
class ReadingPath:
    """The steps in the order to read them, and the answer they were taken from."""

    answer: Answer
    steps: tuple[Step, ...]


def relevance(hit: Hit) -> float:
    """Give the share of a score that is relevance."""
    named = ("meaning", "words", "name", "bridge")
    return sum(part.value for part in hit.parts if part.name in named)


def reading_path(answer: Answer) -> ReadingPath:
    """Choose the steps of a path among the hits; it works where no survey or year is known."""
    best = max((relevance(hit) for hit in answer.hits), default=0.0)
    near = [hit for hit in answer.hits if relevance(hit) >= LEAST_SHARE * best]
    surveys = [hit for hit in near if hit.paper.kind == "survey"][: MOST["survey"]]
    rest = [hit for hit in near if hit not in surveys]
    dated = sorted((h for h in rest if h.paper.year), key=lambda h: (-(h.paper.year or 0), h.rank))
    newest = dated[: MOST["newest"]] if len(rest) > MOST["groundwork"] else []
    ground = [hit for hit in rest if hit not in newest][: MOST["groundwork"]]
    return ReadingPath(
        answer,
        (
            *(Step("survey", hit, "gives the lie of the land") for hit in surveys),
            *(Step("groundwork", hit, _ground(hit)) for hit in sorted(ground, key=_taught)),
            *(
                Step("newest", hit, f"where the field stood in {hit.paper.year}")
                for hit in newest[::-1]
            ),
        ),
    )


def _taught(hit: Hit) -> tuple[int, Sequence[object]]:
    """Order groundwork by year; where that is unknown by the list's own order."""
    first = hit.paper.mentions[0]
    return (hit.paper.year or 9999, (first.file, first.order))


def _ground(hit: Hit) -> str:
    values = {part.name: part.value for part in hit.parts}
    if values.get("for beginners"):
        return "its list recommends it to beginners"
    if hit.paper.citations and values.get("groundwork", 0) > 0.06:
        return f"much was built on it ({hit.paper.citations:,} citations)"
    return "among the closest to the topic"
