"""Retrieve and score: the papers that may answer one topic, with what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paperbot.paper import SectionPath
from paperbot.search import rank, weights
from paperbot.search.answer import Filters, Query
from paperbot.search.bridge import Bridge, find_bridge, ramp, span
from paperbot.search.corpus import Corpus
from paperbot.search.filters import passing
from paperbot.search.topics import Topic
from paperbot.search.words import Coverage, coverage

# So many of the papers that pass a filter are scored, beside the nearest.
FILTERED = 4_096

# Sections offered when nothing is close.
NEAREST_SECTIONS = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates of one topic that pass the filters, with their scores, in no order.

    ``note_at`` tells which note vector of each came nearest (-1: it has none). ``strength`` is the
    evidence for an answer, filters aside, that the bands are set on: the best direct relevance of
    any paper (not by the bridge, which always finds something), less a fine for unknown words, and
    nearness to a plain phrase of the glossary.
    """

    rows: rank.Rows
    scores: rank.Scores
    evidence: rank.Evidence
    note_at: NDArray[np.int64]
    bridge: Bridge | None
    strength: float

    def order(self) -> NDArray[np.int64]:
        """Give the places of the candidates, best first; ties by row, so that all doors agree."""
        return np.lexsort((self.rows, -self.scores.total))


def retrieve(
    corpus: Corpus, topic: Topic, query: Query, this_year: int, *, without: int | None = None
) -> Ranked:
    """Score the papers that may answer a topic and pass the query's filters.

    ``without`` is a paper (row) that is left out: the one that others are to be like.
    """
    papers = len(corpus.catalogue)
    cover = coverage(topic.found, papers)
    if without is not None:
        cover.total[without] = cover.head[without] = 0.0
    gate = max(1.0 - float(cover.total.max(initial=0.0)), weights.BRIDGE_LEAST_GATE)
    bridge = None
    if topic.words:
        bridge = find_bridge(corpus, topic.vectors[0], gate, topic.concepts, topic.said)
    scored = _candidates(corpus, topic, cover, bridge)
    filtered = query.filters != Filters()
    if filtered:
        passed = passing(corpus, query.filters)
        # Few papers pass a strict filter, perhaps none of the nearest: then score them all.
        scored[np.flatnonzero(passed)[:FILTERED]] = True
    if without is not None:  # it must not speak for itself
        scored[without] = False
    rows = np.flatnonzero(scored)
    evidence, note_at = _evidence(corpus, topic, cover, bridge, rows)
    scores = rank.score(
        evidence,
        corpus.catalogue.columns,
        corpus.standing,
        recent=query.recent,
        cited=query.cited,
        newcomer=query.intent == "path",
        year=this_year,
    )
    unknown = sum(not word.known for word in topic.found) / max(len(topic.found), 1)
    strength = float(scores.direct.max(initial=0.0)) - weights.UNKNOWN_WORDS * unknown
    if bridge is not None:
        strength += weights.PHRASE * ramp(bridge.phrase, *weights.PHRASE_NEAR)
    if not topic.words:
        strength = np.inf
    if not filtered:
        return Ranked(rows, scores, evidence, note_at, bridge, strength)
    keep = passed[rows]
    return Ranked(
        rows[keep],
        scores.take(keep),
        evidence.take(keep),
        note_at[keep],
        bridge and bridge.take(keep),
        strength,
    )


def _candidates(
    corpus: Corpus, topic: Topic, cover: Coverage, bridge: Bridge | None
) -> NDArray[np.bool_]:
    """Tell of each paper whether it is scored exactly: of few papers all are."""
    papers, notes = len(corpus.catalogue), corpus.manifest.notes
    if papers <= weights.SCORED_WHOLE:
        return np.ones(papers, np.bool_)
    scored = np.zeros(papers, np.bool_)
    near, _ = corpus.vectors.nearest(topic.vectors, weights.CANDIDATES)
    near = near.ravel()
    scored[near[near < papers]] = True
    of_notes = near[(near >= papers) & (near < papers + notes)] - papers
    scored[corpus.catalogue.columns.note_owner[of_notes]] = True
    worded = np.flatnonzero(cover.total)
    if len(worded) > weights.CANDIDATES:  # the most words first; of equals, the first rows
        most = np.argsort(-cover.total[worded], kind="stable")[: weights.CANDIDATES]
        worded = worded[most]
    scored[worded] = True
    scored[list(topic.named)] = True
    for concept in bridge.concepts if bridge else ():
        scored[corpus.concepts.candidates(concept)] = True
    return scored


def _evidence(
    corpus: Corpus, topic: Topic, cover: Coverage, bridge: Bridge | None, rows: rank.Rows
) -> tuple[rank.Evidence, NDArray[np.int64]]:
    """Score the candidates exactly; also which note vector of each came nearest (−1: none)."""
    papers = len(corpus.catalogue)
    vectors = corpus.vectors.take(rows)
    title = (topic.vectors @ vectors.T).max(axis=0, initial=-1.0)
    if topic.like is not None:
        title -= weights.COMMON * corpus.commonness[rows]
    note = np.full(len(rows), -1.0, np.float32)
    note_at = np.full(len(rows), -1, np.int64)
    owners = corpus.catalogue.columns.note_owner
    place = np.full(papers, -1, np.int64)
    place[rows] = np.arange(len(rows))
    of_notes = np.flatnonzero(place[owners] >= 0)
    if len(of_notes):
        cosines = corpus.vectors.cosines(topic.vectors, papers + of_notes).max(axis=0)
        cosines -= weights.SUMMARY_LESS * corpus.catalogue.columns.note_lent[of_notes]
        order = np.argsort(cosines, kind="stable")
        at = place[owners[of_notes[order]]]
        note[at], note_at[at] = cosines[order], of_notes[order]
    spanned = np.zeros(len(rows), np.float32)
    if bridge is not None:
        spanned = span(bridge, corpus, rows, vectors)
    named = np.zeros(papers, np.float32)
    named[list(topic.named)] = list(topic.named.values())
    evidence = rank.Evidence(rows, title, note, cover.total[rows], named[rows], spanned)
    return evidence, note_at


def nearest_sections(corpus: Corpus, topic: Topic) -> tuple[SectionPath, ...]:
    """Give the sections nearest to a topic, for where no paper is close."""
    first = corpus.manifest.papers + corpus.manifest.notes
    rows = np.arange(first, len(corpus.vectors))
    cosines = corpus.vectors.cosines(topic.vectors, rows).max(axis=0, initial=-1.0)
    order = np.argsort(-cosines, kind="stable")
    paths = (corpus.sections[int(at)].path for at in order)
    return tuple(dict.fromkeys(paths))[:NEAREST_SECTIONS]
