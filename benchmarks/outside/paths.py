"""Reading paths against the lists that teachers laid out: what is found, and in what order.

Every system chooses and orders among the same candidates, the ``CANDIDATES`` most relevant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import kendalltau

from benchmarks.outside.corpus import Corpus
from benchmarks.outside.reading_lists import Expert
from benchmarks.systems import Values, interval
from paperbot.assistant.assistant import MOST_HITS
from paperbot.paper import Paper
from paperbot.search.answer import Hit
from paperbot.search.path import choose, in_order

CANDIDATES = 50

# The path; and the first hits of "where do I start with …" as they are ranked.
OURS, RANKED = "paperbot's path", "ranked for a newcomer"
FOUND, ON_LIST, ORDER, WHOLE = "list found", "steps on the list", "order", "order of all"


@dataclass(frozen=True, slots=True)
class Asked:
    """One wording of a list's topic: the path, the hits it was laid through, the candidates."""

    expert: Expert
    wanted: tuple[str, ...]
    path: tuple[Hit, ...]
    ranked: tuple[Hit, ...]
    candidates: tuple[Hit, ...]


Order = Callable[[Sequence[Hit]], list[Hit]]


def _by(key: Callable[[Paper], float]) -> Order:
    return lambda hits: sorted(hits, key=lambda hit: key(hit.paper))


SORTED: dict[str, Order] = {
    "plain relevance": list,
    "most cited first": _by(lambda paper: -(paper.citations or 0)),
    "oldest first": _by(lambda paper: paper.year or 9999),
    "newest first": _by(lambda paper: -(paper.year or 0)),
}


def _in_turn(ranked: Sequence[Hit]) -> Order:
    places = {hit.paper.id: place for place, hit in enumerate(ranked)}
    return lambda hits: sorted(hits, key=lambda hit: places.get(hit.paper.id, len(places)))


def ask(experts: Sequence[Expert], corpus: Corpus) -> list[Asked]:
    """Ask for each list by its title and by each annotator's keywords."""
    asked = []
    for expert in experts:
        wanted = tuple(corpus.ids[paper] for paper in expert.papers)
        for text in (expert.title, *expert.keywords):
            query = replace(corpus.assistant.understand(text), intent="path", sides=())
            engine = corpus.assistant._snapshot()
            ranked = corpus.assistant._answer(engine, query, MOST_HITS, 0).hits
            candidates = corpus.assistant.ask(text, count=CANDIDATES).hits
            asked.append(Asked(expert, wanted, tuple(in_order(choose(ranked))), ranked, candidates))
    return asked


def measure(asked: Sequence[Asked]) -> dict[str, Values]:
    """Give each system's measures by list, means over the wordings in which they are known."""
    found: dict[str, dict[str, list[dict[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for one in asked:
        orders: dict[str, Order] = {OURS: in_order, RANKED: _in_turn(one.ranked), **SORTED}
        chosen = {OURS: one.path, RANKED: one.ranked}
        for name, order in orders.items():
            steps = chosen.get(name) or order(one.candidates)
            found[name][one.expert.id].append(_values(one, steps[: len(one.path)], order))
    return {
        name: {
            expert: {
                measure: float(np.mean(known))
                for measure in (FOUND, ON_LIST, ORDER, WHOLE)
                if (known := [v[measure] for v in values if measure in v])
            }
            for expert, values in by_list.items()
        }
        for name, by_list in found.items()
    }


def gain(values: dict[str, Values], other: str, by: str) -> tuple[float, float]:
    """Give the 95% interval of the path's gain over another way, where both are known."""
    ours, theirs = values[OURS], values[other]
    both = [expert for expert in ours if by in ours[expert] and by in theirs[expert]]
    return interval({e: ours[e] for e in both}, {e: theirs[e] for e in both}, by=by)


def _values(asked: Asked, steps: Sequence[Hit], order: Order) -> dict[str, float]:
    ids = [hit.paper.id for hit in steps]
    right = [one for one in ids if one in asked.wanted]
    among = [hit for hit in asked.candidates if hit.paper.id in asked.wanted]
    values = {
        FOUND: len(right) / len(asked.wanted),
        ON_LIST: len(right) / len(ids) if ids else 0.0,
    }
    whole = [hit.paper.id for hit in order(among)]
    for measure, ordered in ((ORDER, right), (WHOLE, whole)):
        if len(ordered) > 1:
            taught = [asked.wanted.index(one) for one in ordered]
            values[measure] = float(kendalltau(range(len(taught)), taught).statistic)
    return values


def table(values: dict[str, Values]) -> str:
    """Lay out the means over the lists, a row a system; in brackets, of how many lists."""
    lines = ["| chosen and ordered by | list found | steps on the list | order | order of all |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for name, by_list in values.items():
        cells = []
        for measure in (FOUND, ON_LIST, ORDER, WHOLE):
            known = [v[measure] for v in by_list.values() if measure in v]
            of = f" ({len(known)})" if measure in (ORDER, WHOLE) else ""
            cells.append(f"{np.mean(known):.3f}{of}" if known else "–")
        lines.append(f"| {' | '.join([name, *cells])} |")
    return "\n".join(lines)
