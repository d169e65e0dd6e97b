"""The FAISS index of one generation: cosines of unit vectors, never distances.

Rows stand in the order titles, notes, sections; who owns a row is the catalogue's to say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing.encoder import Vectors

Rows = NDArray[np.int64]

# From so many vectors on they are searched in a byte a number first, and twice as many as are
# wanted again exactly. Of 20,000 the ten nearest to each of 557 judged questions are then all
# found, in .7 ms and not 1.6.
ROUGH_FROM = 4_096
WIDER = 2.0


def write_vectors(vectors: Vectors, path: Path) -> None:
    """Write unit vectors, shape (n, dimension), as an inner-product index."""
    import faiss

    dimension = vectors.shape[1]
    index: Any = faiss.IndexFlatIP(dimension)
    if len(vectors) >= ROUGH_FROM:
        eight_bits = faiss.ScalarQuantizer.QT_8bit_uniform
        rough = faiss.IndexScalarQuantizer(dimension, eight_bits, faiss.METRIC_INNER_PRODUCT)
        index = faiss.IndexRefineFlat(rough)
        index.train(vectors)
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorStore:
    """Read-only cosine search over the vectors of a generation."""

    def __init__(self, path: Path) -> None:
        import faiss

        # One question is too little work to share: 20,000 vectors take 1.0 ms on one thread and
        # 3.2 on two, which wait for each other.
        faiss.omp_set_num_threads(1)
        try:
            # Mapped, not read: opening costs nothing, and pages are shared between processes.
            # An index opened so must never be added to (FAISS aborts the process).
            self._index: Any = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise BadIndex(f"{path} is not a FAISS index that can be read.") from error
        if self._index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise BadIndex(f"{path} does not hold inner products.")
        exact: Any = self._index
        if hasattr(exact, "refine_index"):
            exact.k_factor = WIDER
            exact = faiss.downcast_index(exact.refine_index)
        # The very numbers that FAISS searches, as a view: nothing is copied.
        start = exact.get_xb()
        numbers = faiss.rev_swig_ptr(start, len(self) * self.dimension)
        self._all: Vectors = numbers.reshape(len(self), self.dimension)
        self._all.flags.writeable = False

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def nearest(self, queries: Vectors, count: int) -> tuple[Rows, Vectors]:
        """Give the ``count`` nearest rows to each query and their exact cosines, best first.

        ``queries`` has shape (q, dimension) and unit rows; both results have shape (q, count).
        """
        cosines, rows = self._index.search(queries, min(count, len(self)))
        return rows, cosines

    def take(self, rows: Rows) -> Vectors:
        """Give the vectors of these rows, shape (len(rows), dimension)."""
        # FAISS's own way there wakes a thread per core for each call: 6 ms for 1,500 rows, not .3.
        return self._all[rows]

    def near_mean(self, first: int) -> Vectors:
        """Give the mean cosine of each of the first vectors to all of them."""
        vectors = self._all[:first]
        return cast(Vectors, vectors @ vectors.mean(axis=0))

    def cosines(self, queries: Vectors, rows: Rows) -> Vectors:
        """Give the exact cosines, shape (q, len(rows)), of each query to the rows named."""
        return queries @ self.take(rows).T
