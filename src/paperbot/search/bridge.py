"""The glossary bridge: from plain language by way of a concept to the papers' own terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.encoder import Vectors
from paperbot.indexing.vectors import Rows
from paperbot.search import weights
from paperbot.search.corpus import Corpus


@dataclass(slots=True)
class Bridge:
    """The concepts of the glossary (by place) nearest to a question, and how strongly they count.

    ``weights`` are their shares of 1. ``gate`` (0 to 1) closes where the question speaks the
    field's language already. ``phrase`` is the cosine of the question to the plain phrase that is
    nearest to it, 1 where a concept is known to be meant. ``strongest`` tells, of each candidate
    that was spanned, which of the concepts is its strongest tie.
    """

    concepts: tuple[int, ...]
    names: tuple[str, ...]
    weights: Vectors
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
    corpus: Corpus,
    question: Vectors,
    gate: float,
    named: Sequence[int] = (),
    said: Sequence[int] = (),
) -> Bridge | None:
    """Find the concepts a question speaks of; ``None`` if none is near.

    ``named`` are concepts that are known to be meant, by the name of a method, ``said`` those that
    a clause names by a term. Of the concepts that are near enough the top ``BRIDGE_CONCEPTS`` count,
    by a softmax of their choice (see ``Spoken``); all fade out as the nearest of them sinks through
    ``BRIDGE_FADE``. Where the question is nearer to a term than to any phrase, it speaks the
    field's language, of something that the glossary may not know: they then fade out through
    ``BRIDGE_JARGON``, though never wholly, and less where a clause names one. A glossary that fits
    the lists badly counts less (``BRIDGE_FIT``).
    """
    names = corpus.glossary.names
    if not names:
        return None
    spoken = corpus.concepts.spoken_of(question)
    nearest, choice = spoken.nearest, spoken.choice
    if said:
        nearest[list(said)] = np.maximum(nearest[list(said)], weights.BRIDGE_FLOOR)
        choice[list(said)] = np.maximum(choice[list(said)], weights.BRIDGE_SAID)
    if named:
        nearest[list(named)], choice[list(named)] = 1.0, max(choice.max(), weights.BRIDGE_SAID)
    near = np.flatnonzero(nearest >= weights.BRIDGE_FLOOR)
    if not len(near):
        return None
    top = near[np.argsort(-choice[near], kind="stable")[: weights.BRIDGE_CONCEPTS]]
    share = np.exp(weights.BRIDGE_SHARPNESS * (choice[top] - choice[top[0]]))
    best = float(nearest[top].max())
    strength = weights.BRIDGE_LEAST_OF_FIT
    strength += (1 - strength) * ramp(corpus.concepts.fit, *weights.BRIDGE_FIT)
    strength *= ramp(best, *weights.BRIDGE_FADE)
    if not named and spoken.term > spoken.phrase:
        least = weights.BRIDGE_LEAST_OF_SAID if said else weights.BRIDGE_LEAST_OF_JARGON
        strength *= max(least, ramp(best, *weights.BRIDGE_JARGON))
    return Bridge(
        concepts=tuple(top.tolist()),
        names=tuple(names[concept] for concept in top),
        weights=(share / share.sum()).astype(np.float32),
        gate=gate * strength,
        phrase=1.0 if named else spoken.phrase,
    )


def ramp(value: float, low: float, high: float) -> float:
    """Give 0 up to ``low``, 1 from ``high`` on, and evenly between."""
    return float(np.clip((value - low) / (high - low), 0, 1))


def span(bridge: Bridge, corpus: Corpus, rows: Rows, vectors: Vectors) -> Vectors:
    """Give the gated nearness of papers (by row, with their vectors) to the concepts.

    A concept is as near as the nearest of its terms (a cosine), and nearer by up to ``BRIDGE_HELD``
    where the paper holds a term of it word for word, the more the rarer that is.
    """
    near, held = corpus.concepts.near(bridge.concepts, rows, vectors)
    weighted = bridge.weights[:, None] * (near + weights.BRIDGE_HELD * held)
    bridge.strongest = weighted.argmax(axis=0)
    return np.asarray(np.maximum(bridge.gate * weighted.sum(axis=0), 0), np.float32)
