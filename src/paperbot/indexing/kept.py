"""What of the generation before stays as it is in the next, so that it is not made again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing import generation
from paperbot.indexing.catalogue import Catalogue
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.generation import Manifest
from paperbot.indexing.glossary import Glossary
from paperbot.indexing.held import Pairs, TermFinder
from paperbot.indexing.sources import glossary_hash
from paperbot.indexing.vectors import Rows, VectorStore
from paperbot.paper import Paper

# With fewer papers kept than this share, writing all anew is quicker than changing.
WORTH_KEEPING = 0.5


def origin(paper: Paper, contents: Mapping[str, str]) -> str:
    """Name what a paper was made from; ``contents`` names the content of each list.

    Joining makes a paper of its mentions, of the notes placed on it and of what their lists say
    of themselves; no other paper touches more of it than its id. So papers of one origin are
    equal. A summary is named by its line and text: what else its file says is nothing to the paper.
    """
    mentions = [f"{contents[m.file]}:{m.order}" for m in paper.mentions]
    notes = [
        f"{hashlib.sha256(n.text.encode()).hexdigest()[:16] if n.lent else contents[n.file]}#{n.line}"
        for n in paper.notes
    ]
    return " ".join([paper.id, *mentions, *notes])


@dataclass(frozen=True, slots=True)
class Kept:
    """Which papers stay. ``rows`` has each paper's row in the generation before, −1 where it is
    new or changed; ``numbers`` likewise its number in the catalogue, of which ``gone`` are those
    of papers that do not stay. ``folder`` is ``None`` where nothing is kept. ``held`` are the
    pairs of terms and papers as they were with the glossary ``glossary`` (its sha256).
    """

    rows: NDArray[np.int64]
    numbers: NDArray[np.int32]
    gone: NDArray[np.int32]
    folder: Path | None = None
    note_starts: NDArray[np.int64] | None = None
    held: Pairs | None = None
    glossary: str | None = None

    @classmethod
    def nothing(cls, papers: int) -> Kept:
        """Keep none of so many papers: all is made anew."""
        none = np.full(papers, -1, np.int32)
        return cls(none.astype(np.int64), none, none[:0])

    @classmethod
    def of(
        cls, before: tuple[Path, Manifest] | None, fingerprint: str, origins: Sequence[str]
    ) -> Kept:
        """Keep what a generation has of these papers, in the order of their rows.

        Nothing is kept of one of another model.
        """
        nothing = cls.nothing(len(origins))
        if before is None or before[1].fingerprint != fingerprint:
            return nothing
        folder, manifest = before
        try:
            catalogue = Catalogue(folder / generation.CATALOGUE)
        except BadIndex:
            return nothing
        row_of = {line: row for row, line in enumerate(catalogue.origins())}
        catalogue.close()
        columns, known = catalogue.columns, catalogue.numbers
        rows = np.array([row_of.get(line, -1) for line in origins], np.int64)
        if np.count_nonzero(rows >= 0) < WORTH_KEEPING * len(rows):
            return nothing
        numbers = np.where(rows < 0, -1, known[rows]).astype(np.int32)
        starts = np.searchsorted(columns.note_owner, np.arange(manifest.papers + 1))
        gone = np.setdiff1d(known, numbers)
        held = np.stack([columns.held_term, columns.held_paper], axis=1)
        return cls(
            rows,
            numbers,
            gone,
            folder,
            manifest.papers + starts,
            held,
            glossary_hash(manifest.sources),
        )

    def same_glossary(self, glossary: str | None) -> Glossary | None:
        """Give the glossary of the generation before, if it was made of this file (sha256)."""
        if self.folder is None or self.glossary != glossary:
            return None
        return Glossary.load(self.folder / generation.GLOSSARY)

    def held_terms(self, papers: Sequence[Paper], terms: Sequence[str], *, same: bool) -> Pairs:
        """Give the pairs (term, row) for all papers, in the order of terms; shape (n, 2).

        ``same`` tells that these are the terms of the generation before.
        """
        pairs = np.empty((0, 2), np.int32)
        stays = np.flatnonzero(self.rows >= 0)
        if self.held is not None and same and len(stays):
            row_now = np.full(
                1 + max(self.rows.max(), self.held[:, 1].max(initial=0)), -1, np.int32
            )
            row_now[self.rows[stays]] = stays
            pairs = self.held.copy()
            pairs[:, 1] = row_now[pairs[:, 1]]
            pairs = pairs[pairs[:, 1] >= 0]
            fresh = np.flatnonzero(self.rows < 0).tolist()
        else:
            fresh = list(range(len(papers)))
        new = TermFinder(terms).pairs((row, papers[row]) for row in fresh) if fresh else pairs[:0]
        pairs = np.concatenate([pairs, new])
        return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]

    def notes_of(self, row: int) -> range | None:
        """Give where the vectors of a paper's notes stood, ``None`` if they are to be made."""
        if self.note_starts is None or self.rows[row] < 0:
            return None
        first, after = self.note_starts[self.rows[row] : self.rows[row] + 2]
        return range(int(first), int(after))

    def vectors(self, rows: Rows) -> Vectors:
        """Give the vectors that stood in these rows; what stands where a row is −1 is undefined."""
        assert self.folder is not None
        return VectorStore(self.folder / generation.VECTORS).take(np.maximum(rows, 0))
