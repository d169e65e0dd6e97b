"""The papers of a page as hits: the parts of their scores, and what they matched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress

import numpy as np

from paperbot.indexing import text
from paperbot.indexing.catalogue import Catalogue
from paperbot.paper import Paper
from paperbot.search import weights
from paperbot.search.answer import Hit, Part
from paperbot.search.explain import Matches, why
from paperbot.search.retrieve import Ranked
from paperbot.search.topics import MOSTLY_NAMED, Topic


def hits_of(
    catalogue: Catalogue,
    topic: Topic,
    ranked: Ranked,
    places: Sequence[int],
    numbers: Iterable[int],
) -> list[Hit]:
    """Explain the papers at some places of a topic's candidates, which are to have these ranks."""
    at = np.array(places, np.int64)
    rows = ranked.rows[at]
    papers = catalogue.papers(rows.tolist())
    names = tuple(ranked.scores.parts)
    values = np.stack([part[at] for part in ranked.scores.parts.values()], axis=1).tolist()
    held = zip(*(word.in_head(rows) for word in topic.found), strict=True)
    noted = zip(*(word.in_note(rows) for word in topic.found), strict=True)
    by_note = weights.NOTE * ranked.evidence.note[at] > ranked.evidence.title[at]
    passages = [
        _passage(catalogue, row, paper, note) if is_best and note >= 0 else None
        for row, paper, note, is_best in zip(
            rows.tolist(), papers, ranked.note_at[at].tolist(), by_note.tolist(), strict=True
        )
    ]
    hits = []
    for i, number in enumerate(numbers):
        parts = tuple(
            Part(name, value) for name, value in zip(names, values[i], strict=True) if value
        )
        matches = Matches(
            head=tuple(compress(topic.words, next(held, ()))),
            note=tuple(compress(topic.words, next(noted, ()))),
            name=topic.named.get(int(rows[i]), 0.0) > MOSTLY_NAMED,
            passage=passages[i],
            concept=ranked.bridge.concept_at(places[i]) if ranked.bridge else None,
            like=topic.like,
        )
        total = sum(part.value for part in parts)
        hits.append(Hit(number, papers[i], total, parts, why(papers[i], parts, matches)))
    return hits


def _passage(catalogue: Catalogue, row: int, paper: Paper, note: int) -> str:
    """Give the piece of a paper's notes that a note vector is of."""
    first = int(np.searchsorted(catalogue.columns.note_owner, row))
    return text.pieces(paper)[note - first]
