"""Papers like a paper: of each section of a public list some papers ask, and the others answer.

By the titles alone: headings are not indexed.
"""

from __future__ import annotations

import zlib

from benchmarks.judged import Judged
from benchmarks.outside.corpus import Corpus
from benchmarks.outside.sections import PublicList
from benchmarks.systems import DEPTH, Run, System
from paperbot import Assistant

# So many papers of a section ask at most, those first by a hash.
ASKING = 5


def questions(one: PublicList, corpus: Corpus) -> list[Judged]:
    """Ask for the neighbours of some papers of each section; each question is a paper's title."""
    titles = {row.id: row.title for row in one.rows}
    return [
        Judged(
            f"{one.name} {at} {number}",
            one.kind,
            titles[asking],
            corpus.grades([other for other in ids if other != asking]),
        )
        for at, (_, ids) in enumerate(one.sections)
        for number, asking in enumerate(
            sorted(ids, key=lambda key: zlib.crc32(key.encode()))[:ASKING]
        )
    ]


def similar(assistant: Assistant) -> System:
    """Give paperbot as it answers who names a paper and wants its like."""

    def run(judged: Judged) -> Run:
        hits = assistant.similar(judged.text, count=DEPTH).hits
        return {hit.paper.id: float(DEPTH - i) for i, hit in enumerate(hits)}

    return run


def without_itself(assistant: Assistant, system: System) -> System:
    """Give a system that leaves out the paper whose title is the question."""

    def run(judged: Judged) -> Run:
        itself = assistant.paper(judged.text).id
        return {paper: score for paper, score in system(judged).items() if paper != itself}

    return run
