"""One question against one generation: read the topics, retrieve, rank, explain.

``Engine`` is an immutable snapshot; any number of threads may ask it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

from paperbot.errors import UnknownPaper
from paperbot.indexing import text
from paperbot.indexing.encoder import Encoder
from paperbot.indexing.generation import Manifest
from paperbot.paper import Paper
from paperbot.search.answer import Answer, Filters, Hit, Query
from paperbot.search.bands import confidence
from paperbot.search.corpus import Corpus
from paperbot.search.explain import understood
from paperbot.search.hits import hits_of
from paperbot.search.likeness import NamedPaper
from paperbot.search.phrasing import said_words
from paperbot.search.retrieve import Ranked, nearest_sections, retrieve
from paperbot.search.topics import Topic, topic_of_paper, topic_of_text, topics_of
from paperbot.search.words import STOP

# A question of more words is not looked through for the name of a paper (1,275 runs of words).
MOST_WORDS = 50


class Engine:
    """Answers questions from one generation with one encoder."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Callable[[], Encoder]) -> None:
        self.folder = folder
        self.manifest = manifest
        self.corpus = Corpus(folder, manifest, encoder)
        self.catalogue = self.corpus.catalogue

    def answer(self, query: Query, *, count: int, offset: int, this_year: int) -> Answer:
        """Rank the papers for a query and explain the page that was asked for."""
        query, topics, ranked = self._ranked(query, this_year)
        return self._page(query, topics, ranked, count, offset)

    def evidence(self, query: Query) -> float:
        """Give the evidence that the bands are set on (see ``bands``), of the weaker side."""
        _, _, ranked = self._ranked(replace(query, filters=Filters()), 0)
        return min(one.strength for one in ranked)

    def _ranked(
        self, query: Query, this_year: int
    ) -> tuple[Query, Sequence[Topic], Sequence[Ranked]]:
        """Rank the papers for each topic of a query; gives it with the paper that it names."""
        if query.intent == "similar":
            return self._similar(query, this_year)
        topics = topics_of(self.corpus, self._topics(query), query.filters.not_about)
        return query, topics, [retrieve(self.corpus, t, query, this_year) for t in topics]

    def _topics(self, query: Query) -> list[str]:
        """Give what is searched: the topic, or each side of a comparison.

        What the sides are compared for joins a side, unless the side is the name of a paper.
        """
        if not query.sides:
            return [query.text]
        purpose = f" {query.text}" if query.text else ""
        return [s if self.catalogue.row_of(s) is not None else s + purpose for s in query.sides]

    def named_in(self, words: Sequence[str]) -> NamedPaper | None:
        """Find the paper that some words name, if they do; long texts are not looked through."""
        found = self.catalogue.names.named_in(words, STOP) if len(words) <= MOST_WORDS else None
        if found is None:
            return None
        name, run, row, whole = found
        paper = self.catalogue.papers([row])[0]
        return NamedPaper(name, run, frozenset(text.words(text.head_words(paper))), whole)

    def spoken_of(self, clauses: Sequence[str]) -> list[float]:
        """Tell how near each clause is to the glossary (a cosine), or without one its length."""
        if not self.corpus.glossary.names:
            return [*map(said_words, clauses)]
        vectors = self.corpus.embed(clauses)
        return [float(self.corpus.concepts.spoken_of(v).nearest.max()) for v in vectors]

    def paper(self, name: str) -> Paper:
        """Give a paper by id, title or nickname; raises ``UnknownPaper`` with the nearest titles."""
        row = self.catalogue.row_of(name)
        if row is not None:
            return self.catalogue.papers([row])[0]
        from rapidfuzz import fuzz, process

        names = self.catalogue.written_names()
        near = process.extract(
            name, [n for n, _ in names], scorer=fuzz.WRatio, limit=3, score_cutoff=60
        )
        raise UnknownPaper(name, tuple(dict.fromkeys(found for found, _, _ in near)))

    def _page(
        self,
        query: Query,
        topics: Sequence[Topic],
        ranked: Sequence[Ranked],
        count: int,
        offset: int,
    ) -> Answer:
        close = confidence(min(r.strength for r in ranked), self.manifest.bands)
        total = len(set().union(*(r.rows.tolist() for r in ranked)))
        picks = _interleave(ranked, offset + count)[offset:] if close != "nothing" else []
        hits: list[Hit] = []
        for side, topic in enumerate(topics):
            places = {i: at for i, (of, at) in enumerate(picks, offset + 1) if of == side}
            hits += hits_of(self.catalogue, topic, ranked[side], places)
        hits.sort(key=attrgetter("rank"))
        remarks: tuple[str, ...] = ()
        if self.manifest.bands is None:
            remarks = (f"Whether a match is close was never calibrated for {self.manifest.model}.",)
        return Answer(
            query=query,
            understood=understood(query, {k: v for t in topics for k, v in t.repaired.items()}),
            confidence=close if total else "nothing",
            hits=tuple(hits),
            total=total if close != "nothing" else 0,
            sections=() if close == "close" and hits else nearest_sections(self.corpus, topics[0]),
            remarks=remarks,
        )

    def _similar(
        self, query: Query, this_year: int
    ) -> tuple[Query, Sequence[Topic], Sequence[Ranked]]:
        row = self.catalogue.row_of(query.text)
        if row is None:
            topic = topic_of_text(self.corpus, query.text)
        else:
            paper = self.catalogue.papers([row])[0]
            query = replace(query, text=paper.title)
            topic = topic_of_paper(self.corpus, paper)
        ranked = retrieve(self.corpus, replace(topic, named={}), query, this_year, without=row)
        return query, [topic], [ranked]


def _interleave(ranked: Sequence[Ranked], wanted: int) -> list[tuple[int, int]]:
    """Merge the rankings of a comparison's sides in turns, each paper once: (side, place).

    Gives the first ``wanted``.
    """
    if len(ranked) == 1:
        return [(0, at) for at in ranked[0].order()[:wanted].tolist()]
    orders = [iter(r.order().tolist()) for r in ranked]
    picked: dict[int, tuple[int, int]] = {}
    live = list(range(len(ranked)))
    while live and len(picked) < wanted:
        for side in tuple(live):
            rows = ranked[side].rows
            at = next((at for at in orders[side] if int(rows[at]) not in picked), None)
            if at is None:
                live.remove(side)
            else:
                picked[int(rows[at])] = (side, at)
    return list(picked.values())[:wanted]
