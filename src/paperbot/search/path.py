"""A reading path: survey, then groundwork, then the newest, each step with its reason.

Pure: it chooses among the hits of an answer that was ranked for a newcomer, and orders them.
Steps are chosen by relevance; stage and year put them in order, and choose hardly anything:
taking the famous, the oldest or the newest finds few of the papers that teachers put on their
lists (benchmarks/results/outside.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from paperbot.search import weights
from paperbot.search.answer import Answer, Hit, Step
from paperbot.search.explain import A_SURVEY, RECOMMENDED

# A week of evenings, one paper each.
MOST = 7

# A step is at least this share as relevant as the best hit; a path does not wander.
LEAST_SHARE = 0.6

# A survey this near the best hit opens the path even where it takes the least relevant step's
# place.
SURVEY_SHARE = 0.8

# So does a paper newer than all steps end it, if it is about as relevant as the step it replaces.
NEWEST_SHARE = 0.9

# How many steps at the end in time are the newest, and how many others must come before them.
NEWEST = 2
GROUND = 3

# Share of the most cited paper's standing from which a step is said to be much built on.
MUCH_CITED = 0.6


def relevance(hit: Hit) -> float:
    """Give the share of a score that is relevance."""
    named = ("meaning", "words", "name", "bridge")
    return sum(part.value for part in hit.parts if part.name in named)


def lay_out(answer: Answer) -> Answer:
    """Lay a path through the hits, of as many steps as were asked for, and the other hits behind it.

    It works where no survey or year is known.
    """
    steps = in_order(choose(answer.hits, min(MOST, answer.query.count or MOST)))
    taken = {hit.paper.id for hit in steps}
    others = [hit for hit in answer.hits if hit.paper.id not in taken]
    hits = tuple(replace(hit, rank=rank) for rank, hit in enumerate([*steps, *others], 1))
    return replace(answer, hits=hits)


def choose(hits: Sequence[Hit], most: int = MOST) -> list[Hit]:
    """Choose the papers of a path: the most relevant, with a survey if any."""
    near = _near(sorted(hits, key=lambda hit: (-relevance(hit), hit.rank)), LEAST_SHARE)
    survey = _survey(near)
    others = [hit for hit in near if hit is not survey]
    room = most - (survey is not None)
    return [*([survey] if survey else []), *_with_newest(others[:room], others[room:])]


def in_order(chosen: Sequence[Hit]) -> list[Hit]:
    """Put papers in the order to read them: the survey, groundwork by year, the newest."""
    survey = _survey(chosen)
    others = [hit for hit in chosen if hit is not survey]
    newest = _newest(others)
    ground = sorted((hit for hit in others if hit not in newest), key=_taught)
    steps = [
        *((hit, Step("survey", A_SURVEY)) for hit in [survey] if hit),
        *((hit, Step("groundwork", _ground(hit))) for hit in ground),
        *((hit, Step("newest", f"where the field stood in {hit.paper.year}")) for hit in newest),
    ]
    return [replace(hit, step=step) for hit, step in steps]


def _near(hits: Sequence[Hit], share: float) -> list[Hit]:
    best = max(map(relevance, hits), default=0.0)
    return [hit for hit in hits if relevance(hit) >= share * best]


def _survey(hits: Sequence[Hit]) -> Hit | None:
    """Give the most relevant survey, if it is near enough to open a path."""
    surveys = [hit for hit in _near(hits, SURVEY_SHARE) if hit.paper.kind == "survey"]
    return max(surveys, key=relevance, default=None)


def _with_newest(steps: list[Hit], left_out: Sequence[Hit]) -> list[Hit]:
    """Let a newer paper take the last place where it is about as relevant as what stood there."""
    if not left_out:
        return steps
    enough = NEWEST_SHARE * relevance(steps[-1])
    newer = max((hit for hit in left_out if relevance(hit) >= enough), key=_year, default=None)
    if newer is None or _year(newer) <= max(map(_year, steps)):
        return steps
    return [*steps[:-1], newer]


def _newest(hits: Sequence[Hit]) -> list[Hit]:
    """Give the last in time, oldest first; none where few would come before them."""
    first = min((_year(hit) for hit in hits if hit.paper.year), default=0)
    later = [hit for hit in hits if _year(hit) > first]
    later.sort(key=lambda hit: (_year(hit), relevance(hit)))
    most = min(NEWEST, len(hits) - GROUND)
    return later[-most:] if most > 0 else []


def _year(hit: Hit) -> int:
    return hit.paper.year or 0


def _taught(hit: Hit) -> tuple[object, ...]:
    """Order groundwork: what a list gives to beginners first, by year, then as the list has it."""
    first = hit.paper.mentions[0]
    year = hit.paper.year or math.inf
    return (not _for_beginners(hit), year, first.file, first.order)


def _for_beginners(hit: Hit) -> bool:
    return any(part.name == "for beginners" for part in hit.parts)


def _ground(hit: Hit) -> str:
    if _for_beginners(hit):
        return RECOMMENDED
    standing = sum(part.value for part in hit.parts if part.name == "groundwork")
    if hit.paper.citations and standing > MUCH_CITED * weights.GROUNDWORK:
        return f"much was built on it ({hit.paper.citations:,} citations)"
    return "among the closest to the topic"
