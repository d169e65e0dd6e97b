"""Which vector stands in which row: a title for each paper, then pieces of notes, then sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from paperbot.indexing import text
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.kept import Kept
from paperbot.indexing.vectors import Rows
from paperbot.lists.values import Reading


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of the vectors, and where each comes from.

    ``owners`` gives the paper (row) of each note vector. ``before`` gives, for each vector, its
    row in the generation before, −1 where it is that of the next of ``texts``.
    """

    owners: list[int]
    before: Rows
    texts: list[str]

    def vectors(self, fresh: Vectors, kept: Kept) -> Vectors:
        """Put the vectors of ``texts`` and those that are kept in their rows."""
        new = self.before < 0
        if new.all():
            return np.ascontiguousarray(fresh)
        vectors = kept.vectors(self.before)
        vectors[new] = fresh.reshape(-1, vectors.shape[1])
        return vectors


def lay_out(reading: Reading, kept: Kept) -> Layout:
    """Lay out the vectors of all papers and sections."""
    owners: list[int] = []
    note_rows: list[int] = []
    texts = [text.title_text(reading.papers[row]) for row in np.flatnonzero(kept.rows < 0)]
    for row, paper in enumerate(reading.papers):
        if not paper.notes:
            continue
        rows: Sequence[int] | None = kept.notes_of(row)
        if rows is None:
            pieces = text.pieces(paper)
            texts += pieces
            rows = [-1] * len(pieces)
        owners += [row] * len(rows)
        note_rows += rows
    texts += map(text.section_text, reading.sections)
    section_rows = [-1] * len(reading.sections)
    before = np.array([*kept.rows.tolist(), *note_rows, *section_rows], np.int64)
    return Layout(owners, before, texts)


def every_text(reading: Reading) -> Iterator[str]:
    """Give every text that has a vector."""
    yield from map(text.title_text, reading.papers)
    for paper in reading.papers:
        yield from text.pieces(paper)
    yield from map(text.section_text, reading.sections)
