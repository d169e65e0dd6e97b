"""Which candidates a question's filters let pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.records import KINDS
from paperbot.indexing.text import words
from paperbot.search import weights
from paperbot.search.answer import Filters
from paperbot.search.corpus import Corpus
from paperbot.search.words import content_words


def passing(corpus: Corpus, filters: Filters) -> NDArray[np.bool_]:
    """Tell of each paper whether it passes; a paper of unknown year or count fails what asks for one."""
    columns = corpus.catalogue.columns
    keep = np.ones(len(corpus.catalogue), np.bool_)
    with np.errstate(invalid="ignore"):
        if filters.since is not None:
            keep &= columns.year >= filters.since
        if filters.until is not None:
            keep &= columns.year <= filters.until
        if filters.min_citations is not None:
            keep &= columns.citations >= filters.min_citations
        if filters.max_citations is not None:
            keep &= columns.citations <= filters.max_citations
        for year in filters.not_years:
            keep &= columns.year != year
    if filters.starred:
        keep &= columns.stars > 0
    if filters.kind is not None:
        keep &= columns.kind == KINDS.index(filters.kind)
    for kind in filters.not_kinds:
        keep &= columns.kind != KINDS.index(kind)
    if filters.section is not None:
        wanted = filters.section.casefold()
        held = [
            at
            for at, section in enumerate(corpus.sections)
            if wanted in " > ".join(section.path).casefold()
        ]
        inside = np.isin(columns.member_section, held)
        keep &= _only(corpus, columns.member_paper[inside])
    if filters.venue is not None:
        wanted_words = [set(words(name)) for name in filters.venue.split(" or ")]
        naming = [
            rows
            for venue, rows in corpus.catalogue.venues().items()
            if any(wanted <= set(words(venue)) for wanted in wanted_words)
        ]
        keep &= _only(corpus, np.concatenate([*naming, np.empty(0, np.int32)]))
    for topic in filters.not_about:
        keep &= ~_about(corpus, topic)
    return keep


def _only(corpus: Corpus, rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    passed = np.zeros(len(corpus.catalogue), np.bool_)
    passed[rows] = True
    return passed


def _about(corpus: Corpus, topic: str) -> NDArray[np.bool_]:
    every = np.ones(len(corpus.catalogue), np.bool_)
    for word in corpus.catalogue.look_up(content_words(topic)):
        held = np.zeros_like(every)
        held[word.head] = True
        every &= held
    rows = np.arange(len(every))
    near = corpus.vectors.cosines(corpus.embed([topic]), rows)[0] >= weights.ABOUT
    return np.asarray(every | near, np.bool_)
