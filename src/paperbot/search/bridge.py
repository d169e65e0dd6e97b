"""The glossary bridge: from plain language by way of a concept to the papers' own terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.encoder import Vectors
from paperbot.indexing.glossary import Glossary
from paperbot.indexing.vectors import VectorStore
from paperbot.search import weights
from paperbot.search.words import content_words

# Words of a concept's terms that are looked for in titles.
MOST_WORDS = 24


@dataclass(slots=True)
class Bridge:
    """The concepts nearest to a question, and how strongly they count.

    ``gate`` (0 to 1) closes where the question speaks the field's language already. ``centres``
    are the concepts' mean term vectors, of unit length.
    ``phrase`` is the cosine of the question to the plain phrase that is nearest to it, 1 where a
    concept is known to be meant.
    """

    names: tuple[str, ...]
    weights: Vectors
    terms: tuple[Vectors, ...]
    centres: Vectors
    words: tuple[str, ...]
    gate: float
    phrase: float
    strongest: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    def take(self, keep: NDArray[np.bool_]) -> Bridge:
        """Give the bridge for some of the candidates that were spanned."""
        return replace(self, strongest=self.strongest[keep])

    def concept_at(self, place: int) -> str:
        """Name the concept that joins the question to the candidate at this place."""
        return self.names[int(self.strongest[place])]


def find_bridge(
    question: Vectors, glossary: Glossary, gate: float, named: Sequence[int] = ()
) -> Bridge | None:
    """Find the concepts a question speaks of; ``None`` if none is near or the gate is shut.

    ``named`` are concepts that are known to be meant, by the name of a method. Another is as near as its nearest plain phrase. The top ``BRIDGE_CONCEPTS`` count by a
    softmax of their cosines; all fade out as the nearest sinks through ``BRIDGE_FADE``.
    """
    if gate <= 0 or not len(glossary.phrases):
        return None
    nearest = np.full(len(glossary.names), -1.0, np.float32)
    said = glossary.phrases @ question
    np.maximum.at(nearest, glossary.phrase_concept, said)
    np.maximum.at(nearest, glossary.term_concept, glossary.term_vectors @ question)
    nearest[list(named)] = 1.0
    top = np.argsort(-nearest, kind="stable")[: weights.BRIDGE_CONCEPTS]
    top = top[nearest[top] >= weights.BRIDGE_FLOOR]
    if not len(top):
        return None
    share = np.exp(weights.BRIDGE_SHARPNESS * (nearest[top] - nearest[top[0]]))
    low, high = weights.BRIDGE_FADE
    strength = float(np.clip((nearest[top[0]] - low) / (high - low), 0, 1))
    terms = tuple(glossary.term_vectors[glossary.term_concept == concept] for concept in top)
    centres = np.stack([t.mean(axis=0) for t in terms])
    of_nearest = np.flatnonzero(glossary.term_concept == top[0])
    words = content_words(" ".join(glossary.terms[at] for at in of_nearest))
    return Bridge(
        names=tuple(glossary.names[concept] for concept in top),
        weights=(share / share.sum()).astype(np.float32),
        terms=terms,
        centres=(centres / np.linalg.norm(centres, axis=1, keepdims=True)).astype(np.float32),
        words=tuple(words[:MOST_WORDS]),
        gate=gate * strength,
        phrase=1.0 if len(named) else float(said.max()),
    )


def span(bridge: Bridge, vectors: VectorStore, rows: NDArray[np.int64]) -> Vectors:
    """Give each paper's gated nearness to the concepts, 0 to 1: weighted best term cosines."""
    best = np.stack([vectors.cosines(terms, rows).max(axis=0) for terms in bridge.terms])
    weighted = bridge.weights[:, None] * best
    bridge.strongest = weighted.argmax(axis=0)
    return np.asarray(np.maximum(bridge.gate * weighted.sum(axis=0), 0), np.float32)
