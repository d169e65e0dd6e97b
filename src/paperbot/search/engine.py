"""One question against one generation: retrieve, rank, explain.

``Engine`` is an immutable snapshot; any number of threads may ask it at once.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex, UnknownPaper
from paperbot.indexing import generation, text
from paperbot.indexing.catalogue import Catalogue, WordRows
from paperbot.indexing.encoder import Encoder, Vectors
from paperbot.indexing.generation import Manifest
from paperbot.indexing.glossary import Glossary
from paperbot.indexing.vectors import VectorStore
from paperbot.paper import Paper, Section, SectionPath
from paperbot.search import rank, weights
from paperbot.search.answer import Answer, Filters, Hit, Part, Query
from paperbot.search.bands import UNKNOWN_WORDS, Bands, bands_of
from paperbot.search.bridge import Bridge, find_bridge, span
from paperbot.search.explain import Matches, understood, why
from paperbot.search.filters import passing
from paperbot.search.words import Coverage, content_words, coverage, idf, repair

# Embeddings of this many recent questions are kept (1.5 kB each).
RECENT_QUESTIONS = 512

# So many of the papers that pass a filter are scored, beside the nearest.
FILTERED = 4_096

# A longer name is looked up as a whole question only.
LONGEST_NAME = 6

# A question that is its name by more than this share is about that very paper.
MOSTLY_NAMED = 0.6

# Sections offered when nothing is close.
NEAREST_SECTIONS = 3

# A pasted text is compared piece by piece; so much of it is read.
MOST_TEXT = 8_000


@dataclass(frozen=True, slots=True)
class _Topic:
    """One topic of a question (a comparison has two), ready to be matched."""

    words: tuple[str, ...]
    found: tuple[WordRows, ...]
    named: dict[int, float]
    vector: Vectors
    repaired: dict[str, str]


class Engine:
    """Answers questions from one generation with one encoder."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Callable[[], Encoder]) -> None:
        self.folder = folder
        self.manifest = manifest
        self._open_encoder = encoder
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self.catalogue = Catalogue(folder / generation.CATALOGUE)
        self.bands: Bands = bands_of(manifest.spec is None)
        self._vocabulary: dict[str, int] | None = None
        self._sections: list[Section] | None = None
        if len(self.catalogue) != manifest.papers:
            raise BadIndex(f"{len(self.catalogue)} papers, not {manifest.papers}, in {folder}")

    @cached_property
    def vectors(self) -> VectorStore:
        """The vectors, opened when the first question is asked: looking up needs none."""
        store = VectorStore(self.folder / generation.VECTORS)
        expected = self.manifest.papers + self.manifest.notes + self.manifest.sections
        if (len(store), store.dimension) != (expected, self.manifest.dimension):
            raise BadIndex(f"{len(store)} vectors, not {expected}, in {self.folder}")
        return store

    @cached_property
    def glossary(self) -> Glossary:
        """The glossary as vectors."""
        return Glossary.load(self.folder / generation.GLOSSARY)

    # -- what the doors ask ------------------------------------------------------------------

    def answer(self, query: Query, *, count: int, offset: int, this_year: int) -> Answer:
        """Rank the papers for a query and explain the page that was asked for."""
        if query.intent == "similar":
            return self._similar(query, count=count, offset=offset, this_year=this_year)
        topics = [self._topic(side) for side in query.sides or (query.text,)]
        ranked = [self._rank(topic, query, this_year) for topic in topics]
        return self._page(query, topics, ranked, count, offset)

    def evidence(self, query: Query) -> float:
        """Give the evidence that the bands are set on (see ``bands``), of the weaker side."""
        topics = [self._topic(side) for side in query.sides or (query.text,)]
        open_query = replace(query, filters=Filters())
        return min(self._rank(topic, open_query, 0).strength for topic in topics)

    def row_of(self, name: str) -> int | None:
        """Find a paper by id, title or nickname."""
        row = self.catalogue.row_of_id(name)
        if row is None:
            _, named = self.catalogue.look_up([], [text.name_key(name)])
            row = next((rows[0] for rows in named.values()), None)
        return row

    def paper(self, name: str) -> Paper:
        """Give a paper by id, title or nickname; raises ``UnknownPaper`` with the nearest titles."""
        row = self.row_of(name)
        if row is not None:
            return self.catalogue.papers([row])[0]
        from rapidfuzz import fuzz, process

        names = self.catalogue.names()
        near = process.extract(
            name, [n for n, _ in names], scorer=fuzz.WRatio, limit=3, score_cutoff=60
        )
        raise UnknownPaper(name, tuple(dict.fromkeys(found for found, _, _ in near)))

    def sections(self) -> list[Section]:
        """Give every section in the lists' own order."""
        if self._sections is None:
            self._sections = self.catalogue.sections()
        return self._sections

    def encoder(self) -> Encoder:
        """Give the encoder, opened when it is first needed."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._open_encoder()
            return self._encoder

    # -- retrieval -------------------------------------------------------------------------

    def _topic(self, asked: str) -> _Topic:
        words = content_words(asked)
        found, named = self._look_up(asked, words)
        unknown = [w for w, rows in zip(words, found, strict=True) if not len(rows.head)]
        repaired = {}
        if unknown and not named:
            if self._vocabulary is None:
                self._vocabulary = self.catalogue.vocabulary()
            repaired = repair(
                [w for w in unknown if w not in self._vocabulary],
                self._vocabulary,
                self.encoder().knows,
            )
        if repaired:
            asked = " ".join(repaired.get(word, word) for word in text.words(asked))
            words = content_words(asked)
            found, named = self._look_up(asked, words)
        return _Topic(
            tuple(words),
            tuple(found),
            _named(named, words, found, len(self.catalogue)),
            self.embed([asked]) if words else self._nowhere(),
            repaired,
        )

    def _nowhere(self) -> Vectors:
        """Give the vector of a question without a topic ("starred papers"): near to nothing."""
        return np.zeros((1, self.vectors.dimension), np.float32)

    def _look_up(
        self, asked: str, words: Sequence[str]
    ) -> tuple[list[WordRows], dict[str, list[int]]]:
        """Look up words and, as names, each run of words that is not a word of the field."""
        every = text.words(asked)
        names = {" ".join(every)}
        for start in range(len(every)):
            for end in range(start + 1, min(start + LONGEST_NAME, len(every)) + 1):
                names.add(" ".join(every[start:end]))
        return self.catalogue.look_up(words, sorted(names - {""}))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed questions; those asked lately come from memory."""
        with self._lock:
            known = {t: self._recent[t] for t in texts if t in self._recent}
        missing = [t for t in dict.fromkeys(texts) if t not in known]
        if missing:
            known.update(zip(missing, self.encoder().encode_questions(missing), strict=True))
        with self._lock:
            for t, vector in known.items():
                self._recent[t] = vector
                self._recent.move_to_end(t)
            while len(self._recent) > RECENT_QUESTIONS:
                self._recent.popitem(last=False)
        return np.stack([known[t] for t in texts])

    def _rank(self, topic: _Topic, query: Query, this_year: int) -> _Ranked:
        papers = len(self.catalogue)
        cover = coverage(topic.found, papers)
        gate = 1.0 - float(cover.total.max(initial=0.0))
        bridge = find_bridge(topic.vector[0], self.glossary, gate) if topic.words else None
        rows = self._candidates(topic, cover, bridge)
        if query.filters != Filters():
            passed = np.flatnonzero(passing(self, query.filters, np.arange(papers)))
            # Few papers pass a strict filter, perhaps none of the nearest: then score them all.
            rows = np.union1d(rows, passed[:FILTERED])
        else:
            passed = rows
        evidence, note_at = self._evidence(topic, cover, bridge, rows)
        scores = rank.score(
            evidence,
            self.catalogue.columns,
            recent=query.recent,
            cited=query.cited,
            newcomer=query.intent == "path",
            year=this_year,
        )
        unknown = sum(not word.known for word in topic.found) / max(len(topic.found), 1)
        strength = float(scores.direct.max(initial=0.0)) - UNKNOWN_WORDS * unknown
        keep = np.isin(rows, passed)
        return _Ranked(
            rows[keep],
            scores.take(keep),
            evidence.take(keep),
            note_at[keep],
            bridge and bridge.take(keep),
            strength if topic.words else np.inf,
        )

    def _candidates(self, topic: _Topic, cover: Coverage, bridge: Bridge | None) -> rank.Rows:
        papers, notes = len(self.catalogue), self.manifest.notes
        if papers <= 4 * weights.CANDIDATES:
            return np.arange(papers)
        queries = topic.vector
        if bridge is not None:
            queries = np.concatenate([queries, bridge.centres])
        near, _ = self.vectors.nearest(queries, weights.CANDIDATES)
        near = near.ravel()
        owners = self.catalogue.columns.note_owner[
            near[(near >= papers) & (near < papers + notes)] - papers
        ]
        worded = np.argsort(-cover.total, kind="stable")[: weights.CANDIDATES]
        worded = worded[cover.total[worded] > 0]
        named = np.fromiter(topic.named, np.int64, len(topic.named))
        return np.unique(np.concatenate([near[near < papers], owners, worded, named]))

    def _evidence(
        self, topic: _Topic, cover: Coverage, bridge: Bridge | None, rows: rank.Rows
    ) -> tuple[rank.Evidence, NDArray[np.int64]]:
        """Score the candidates exactly; also which note vector of each came nearest (−1: none)."""
        papers = len(self.catalogue)
        title = self.vectors.cosines(topic.vector, rows).max(axis=0, initial=-1.0)
        note = np.full(len(rows), -1.0, np.float32)
        note_at = np.full(len(rows), -1, np.int64)
        owners = self.catalogue.columns.note_owner
        place = np.full(papers, -1, np.int64)
        place[rows] = np.arange(len(rows))
        of_notes = np.flatnonzero(place[owners] >= 0)
        if len(of_notes):
            cosines = self.vectors.cosines(topic.vector, papers + of_notes).max(axis=0)
            order = np.argsort(cosines, kind="stable")
            at = place[owners[of_notes[order]]]
            note[at], note_at[at] = cosines[order], of_notes[order]
        spanned = np.zeros(len(rows), np.float32)
        spanned_words = np.zeros(len(rows), np.float32)
        if bridge is not None:
            spanned = span(bridge, self.vectors, rows)
            found, _ = self.catalogue.look_up(bridge.words, [])
            spanned_words = bridge.gate * coverage(found, papers).head[rows]
        named = np.zeros(papers, np.float32)
        named[list(topic.named)] = list(topic.named.values())
        evidence = rank.Evidence(
            rows, title, note, cover.total[rows], named[rows], spanned, spanned_words
        )
        return evidence, note_at

    # -- the answer ------------------------------------------------------------------------

    def _page(
        self,
        query: Query,
        topics: Sequence[_Topic],
        ranked: Sequence[_Ranked],
        count: int,
        offset: int,
    ) -> Answer:
        confidence = self.bands.of(min(r.strength for r in ranked))
        total = len({int(row) for r in ranked for row in r.rows})
        picks = _interleave(ranked)[offset : offset + count] if confidence != "nothing" else []
        papers = self.catalogue.papers([int(ranked[side].rows[at]) for side, at in picks])
        hits = tuple(
            self._hit(offset + i + 1, paper, topics[side], ranked[side], at)
            for i, (paper, (side, at)) in enumerate(zip(papers, picks, strict=True))
        )
        remarks: tuple[str, ...] = ()
        if not self.bands.calibrated:
            remarks = (f"Whether a match is close was never calibrated for {self.manifest.model}.",)
        return Answer(
            query=query,
            understood=understood(query, {k: v for t in topics for k, v in t.repaired.items()}),
            confidence=confidence if total else "nothing",
            hits=hits,
            total=total if confidence != "nothing" else 0,
            sections=() if confidence == "close" and hits else self._nearest_sections(topics[0]),
            remarks=remarks,
        )

    def _hit(self, number: int, paper: Paper, topic: _Topic, ranked: _Ranked, at: int) -> Hit:
        parts = tuple(
            Part(name, float(values[at]))
            for name, values in ranked.scores.parts.items()
            if values[at] != 0
        )
        row = int(ranked.rows[at])
        note = int(ranked.note_at[at])
        by_note = note >= 0 and weights.NOTE * ranked.evidence.note[at] > ranked.evidence.title[at]
        matches = Matches(
            head=tuple(w for w, r in zip(topic.words, topic.found, strict=True) if row in r.head),
            note=tuple(w for w, r in zip(topic.words, topic.found, strict=True) if row in r.note),
            name=topic.named.get(row, 0.0) > MOSTLY_NAMED,
            passage=text.pieces(paper)[self._piece(row, note)] if by_note else None,
            concept=ranked.bridge.concept_at(at) if ranked.bridge else None,
        )
        total = sum(part.value for part in parts)
        return Hit(number, paper, total, parts, why(paper, parts, matches))

    def _piece(self, row: int, note: int) -> int:
        """Tell which piece of its paper a note vector is."""
        return note - int(np.searchsorted(self.catalogue.columns.note_owner, row))

    def _nearest_sections(self, topic: _Topic) -> tuple[SectionPath, ...]:
        first = self.manifest.papers + self.manifest.notes
        rows = np.arange(first, len(self.vectors))
        cosines = self.vectors.cosines(topic.vector, rows).max(axis=0, initial=-1.0)
        order = np.argsort(-cosines, kind="stable")
        paths = (self.sections()[int(at)].path for at in order)
        return tuple(dict.fromkeys(paths))[:NEAREST_SECTIONS]

    # -- similar ---------------------------------------------------------------------------

    def _similar(self, query: Query, *, count: int, offset: int, this_year: int) -> Answer:
        row = self.row_of(query.text)
        if row is None:
            topic = self._topic_of_text(query.text)
        else:
            paper = self.catalogue.papers([row])[0]
            query = replace(query, text=paper.title)
            topic = self._topic_of_text(text.title_text(paper))
        ranked = self._rank(replace(topic, named={}), query, this_year)
        if row is not None:
            ranked = ranked.without(row)
        return self._page(query, [topic], [ranked], count, offset)

    def _topic_of_text(self, pasted: str) -> _Topic:
        """Take a pasted text in pieces: each paper is compared with the piece it is nearest to."""
        from paperbot.paper import Note

        cut = pasted[:MOST_TEXT]
        pieces = list(text.note_pieces(Note(cut, "", 0))) or [cut]
        words = content_words(pieces[0])[:40]
        found, _ = self.catalogue.look_up(words, [])
        return _Topic(tuple(words), tuple(found), {}, self.embed(pieces), {})


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Candidates of one topic that pass the filters, with their scores, in no order.

    ``strength`` is the evidence for an answer, filters aside.
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

    def without(self, row: int) -> _Ranked:
        """Leave one paper out."""
        self.scores.total[self.rows == row] = -np.inf
        return self


def _named(
    named: dict[str, list[int]], words: Sequence[str], found: Sequence[WordRows], papers: int
) -> dict[int, float]:
    """Give the papers that a question names, each with the share of the question its name is.

    "Transformer" is all of one question and little of "transformer toy robots".
    """
    mass = {w: idf(papers, len(rows.head)) for w, rows in zip(words, found, strict=True)}
    total = sum(mass.values()) or 1.0
    shares: dict[int, float] = {}
    for name, rows in named.items():
        share = min(1.0, sum(mass.get(word, 0.0) for word in set(name.split())) / total)
        for row in rows:
            shares[row] = max(share, shares.get(row, 0.0))
    return shares


def _interleave(ranked: Sequence[_Ranked]) -> list[tuple[int, int]]:
    """Merge the rankings of a comparison's sides in turns, each paper once: (side, place)."""
    orders = [iter(r.order().tolist()) for r in ranked]
    picked: dict[int, tuple[int, int]] = {}
    live = list(range(len(ranked)))
    while live:
        for side in tuple(live):
            for at in orders[side]:
                row = int(ranked[side].rows[at])
                if row not in picked and np.isfinite(ranked[side].scores.total[at]):
                    picked[row] = (side, at)
                    break
            else:
                live.remove(side)
    return list(picked.values())
