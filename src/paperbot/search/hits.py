"""The papers of a page as hits: the parts of their scores, and what they matched."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress

import numpy as np

from paperbot.indexing import text
from paperbot.indexing.catalogue import Catalogue
from paperbot.paper import Paper
from paperbot.search import weights
from paperbot.search.answer import Hit, Part
from paperbot.search.explain import Matches, why
from paperbot.search.retrieve import Ranked
from paperbot.search.topics import Topic


def hits_of(
    catalogue: Catalogue, topic: Topic, ranked: Ranked, places: Mapping[int, int]
) -> list[Hit]:
    """Explain the candidates of a topic that stand at some ranks; ``places`` tells which those are.

    What can be told of all at once is: a page is a quarter of the work beside the encoding.
    """
    at = np.array([*places.values()], np.int64)
    rows = ranked.rows[at]
    papers = catalogue.papers(rows.tolist())
    values = np.stack([part[at] for part in ranked.scores.parts.values()], axis=1)
    held = np.array([word.in_head(rows) for word in topic.found], np.bool_)
    noted = np.array([word.in_note(rows) for word in topic.found], np.bool_)
    told = np.array([word.in_summary(rows) for word in topic.found], np.bool_)
    by_note = weights.NOTE * ranked.evidence.note[at] > ranked.evidence.title[at]
    hits = []
    for i, (rank, paper) in enumerate(zip(places, papers, strict=True)):
        parts = tuple(
            Part(name, value)
            for name, value in zip(ranked.scores.parts, values[i].tolist(), strict=True)
            if value
        )
        note, row = int(ranked.note_at[at[i]]), int(rows[i])
        passage = _passage(catalogue, row, paper, note) if by_note[i] and note >= 0 else None
        matches = Matches(
            head=tuple(compress(topic.words, held[:, i])) if len(held) else (),
            note=tuple(compress(topic.words, noted[:, i])) if len(noted) else (),
            name=topic.named.get(row, 0.0) > weights.MOSTLY_NAMED,
            passage=passage,
            lent=bool(note >= 0 and catalogue.columns.note_lent[note]),
            summary=tuple(compress(topic.words, told[:, i])) if len(told) else (),
            concept=ranked.bridge.concept_at(int(at[i])) if ranked.bridge else None,
            like=topic.like,
        )
        total = sum(part.value for part in parts)
        hits.append(Hit(rank, paper, total, parts, why(paper, parts, matches)))
    return hits


def _passage(catalogue: Catalogue, row: int, paper: Paper, note: int) -> str:
    """Give the piece of a paper's notes that a note vector is of."""
    first = int(np.searchsorted(catalogue.columns.note_owner, row))
    return text.pieces(paper)[note - first]
