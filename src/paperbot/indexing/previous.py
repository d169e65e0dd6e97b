"""What of the generation before holds in the next one too, so that it is not made again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing import generation
from paperbot.indexing.catalogue import Catalogue
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.files import unsealed
from paperbot.indexing.vectors import Rows, VectorStore
from paperbot.paper import Paper

# With fewer of the papers kept than this share, writing all anew is quicker than changing.
WORTH_KEEPING = 0.5


def origin(paper: Paper, contents: Mapping[str, str]) -> str:
    """Name the content that a paper was made from; ``contents`` names that of each list.

    Joining makes a paper of its mentions, of the notes placed on it, and of what their lists say
    of themselves, and nothing else but its id: papers of one origin are equal.
    """
    mentions = [f"{contents[m.file]}:{m.order}" for m in paper.mentions]
    notes = [f"{contents[n.file]}#{n.line}" for n in paper.notes]
    return " ".join([paper.id, *mentions, *notes])


@dataclass(frozen=True, slots=True)
class Previous:
    """A generation whose papers may be kept. ``rows`` gives the row of a paper by its origin."""

    folder: Path
    rows: Mapping[str, int]
    numbers: NDArray[np.int32]
    note_starts: NDArray[np.int64]

    @classmethod
    def of(cls, index_dir: Path, fingerprint: str) -> Previous | None:
        """Open the current generation, if there is one of this model, bit by bit as written."""
        try:
            found = generation.current(index_dir)
            if found is None or found[1].fingerprint != fingerprint:
                return None
            folder, manifest = found
            if unsealed(folder, hashed=True):
                return None
            catalogue = Catalogue(folder / generation.CATALOGUE)
        except BadIndex:
            return None
        try:
            rows = {line: row for row, line in enumerate(catalogue.origins())}
            columns = catalogue.columns
        finally:
            catalogue.close()
        starts = np.searchsorted(columns.note_owner, np.arange(manifest.papers + 1))
        return cls(folder, rows, columns.number, manifest.papers + starts)

    def vectors(self, rows: Rows) -> Vectors:
        """Give the vectors of these rows."""
        return VectorStore(self.folder / generation.VECTORS).take(rows)
