"""Relevance first, then bounded priors: the score of each candidate, in named parts.

    score = meaning + words + name + bridge  +  stars + citations  (+ what is asked for)
            ─────────── relevance ─────────     ───── priors ─────

What is asked for: recent work, or the survey and early work that a newcomer begins with.
The parts of a paper add up to its score. Priors are neutral (0) where nothing is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.catalogue import Columns
from paperbot.indexing.records import KINDS
from paperbot.search import weights

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for each candidate, arrays of one length.

    ``title`` and ``note`` are cosines (−1 to 1; ``note`` is −1 where there is none, ``title`` is less
    what is common to all papers where a paper is named and others follow it by being like it),
    ``words`` a coverage (0 to 1), ``name`` the share of the question that names the paper (0 to 1),
    ``bridge`` a gated nearness (0 to 1 + ``BRIDGE_HELD``).
    """

    rows: Rows
    title: Floats
    note: Floats
    words: Floats
    name: Floats
    bridge: Floats

    def take(self, keep: NDArray[np.bool_]) -> Evidence:
        """Give the evidence of some of the candidates."""
        return Evidence(**{name: getattr(self, name)[keep] for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Scores:
    """Named parts, each an array over the candidates, and their sums.

    ``direct`` is the relevance without the bridge, which reaches across any gap.
    """

    parts: dict[str, Floats]
    relevance: Floats
    direct: Floats
    total: Floats

    def take(self, keep: NDArray[np.bool_]) -> Scores:
        """Give the scores of some of the candidates."""
        return Scores(
            {name: values[keep] for name, values in self.parts.items()},
            self.relevance[keep],
            self.direct[keep],
            self.total[keep],
        )


def score(
    evidence: Evidence,
    columns: Columns,
    standing: Floats,
    *,
    recent: bool = False,
    cited: bool = False,
    newcomer: bool = False,
    year: int,
) -> Scores:
    """Score the candidates; pure, so the same input ranks the same.

    ``standing`` is that of every paper (see ``citation_standing``), ``year`` this year.
    """
    meaning = np.maximum(np.maximum(evidence.title, weights.NOTE * evidence.note), 0)
    parts = {
        "meaning": meaning,
        "words": weights.WORDS * evidence.words,
        "name": weights.NAME * evidence.name,
        "bridge": weights.BRIDGE * evidence.bridge,
    }
    relevance = sum(parts.values(), np.zeros(len(evidence.rows), np.float32))
    rows = evidence.rows
    parts["stars"] = weights.STAR * np.minimum(columns.stars[rows], 1)
    weight = weights.CITATIONS + (weights.WISH if cited else 0.0)
    parts["citations"] = weight * standing[rows]
    if recent:
        parts["recent"] = weights.WISH * recency(columns.year[rows], year)
    if newcomer:
        # A survey of something else is no way in: what is less relevant gains less.
        best = float(relevance.max(initial=0.0))
        share = relevance / best if best else np.ones(len(rows), np.float32)
        is_survey = columns.kind[rows] == KINDS.index("survey")
        parts["survey"] = weights.SURVEY * share * is_survey
        parts["for beginners"] = weights.TEACHING * share * columns.teaching[rows]
        parts["groundwork"] = weights.GROUNDWORK * groundwork(columns)[rows]
        if not recent:
            parts["early"] = weights.EARLY * share * earliness(columns.year)[rows]
    direct = relevance - parts["bridge"]
    return Scores(parts, relevance, direct, sum(parts.values(), np.zeros(len(rows), np.float32)))


def citation_standing(columns: Columns) -> Floats:
    """Give each paper's standing by citations a year against the corpus, −.5 to .5.

    A percentile, as bibliometrics compares counts that are spread over orders of magnitude
    (Bornmann, Leydesdorff and Mutz, 2013).
    Citations are divided by the paper's age when they were counted, never under one year; the
    standing is the share of the corpus with fewer, ties sharing their mean, less a half. Papers
    whose count or year is unknown are neutral (0).
    """
    age = np.maximum(columns.counted - columns.year, 1.0)
    return _share_below(columns.citations / age) - np.float32(0.5)


def recency(years: Floats, this_year: int) -> Floats:
    """Give 1 for a paper of this year, down to 0 ``RECENT_YEARS`` ago; unknown is half."""
    fresh = 1 - (this_year - years) / weights.RECENT_YEARS
    return np.where(np.isnan(fresh), 0.5, np.clip(fresh, 0, 1)).astype(np.float32)


def earliness(years: Floats) -> Floats:
    """Give the share of the papers of known year that are newer, 0 to 1, ties and unknown half."""
    return 1 - _share_below(years)


def _share_below(values: Floats) -> Floats:
    """Give the share of the known values below each, ties sharing their mean; .5 where unknown."""
    known = np.flatnonzero(~np.isnan(values))
    share = np.full(len(values), 0.5, np.float32)
    if len(known) > 1:
        ordered = np.sort(values[known])
        below = np.searchsorted(ordered, values[known], side="left")
        upto = np.searchsorted(ordered, values[known], side="right") - 1
        share[known] = (below + upto) / 2 / (len(known) - 1)
    return share


def groundwork(columns: Columns) -> Floats:
    """Give how much was built on a paper, 0 to 1: log citations against the corpus's most cited.

    All citations count, not those a year: what a field stands on has had time to be cited.
    Unknown counts are half.
    """
    most = np.log1p(np.nanmax(columns.citations, initial=1.0))
    share = np.log1p(columns.citations) / most
    return np.where(np.isnan(share), 0.5, share).astype(np.float32)
