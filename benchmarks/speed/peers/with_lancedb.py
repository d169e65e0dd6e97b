"""lancedb: one table without an index, which its documentation advises up to about a million rows."""

from __future__ import annotations

from pathlib import Path

import lancedb
import numpy as np
import pyarrow as pa
from protocol import COUNT, Encoder, main


class Lance:
    """One table, searched exactly."""

    def __init__(self, folder: Path, encode: Encoder) -> None:
        self.db = lancedb.connect(str(folder))
        self.encode = encode

    @staticmethod
    def _rows(first: int, titles: list[str], vectors: np.ndarray) -> pa.Table:
        flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
        return pa.table(
            {
                "row": pa.array(range(first, first + len(titles)), pa.int64()),
                "title": titles,
                "vector": pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1]),
            }
        )

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Create the table at one stroke."""
        vectors = self.encode(titles) if vectors is None else vectors
        self.db.create_table("titles", self._rows(0, titles, vectors))

    def open(self) -> None:
        """Open the table."""
        self.table = self.db.open_table("titles")

    def find(self, question: str) -> list[tuple[int, str]]:
        """Search by vector, cosine."""
        found = (
            self.table.search(self.encode([question])[0])
            .distance_type("cosine")
            .select(["row", "title", "_distance"])
            .limit(COUNT)
            .to_list()
        )
        return [(hit["row"], hit["title"]) for hit in found]

    def update(self, row: int, title: str) -> None:
        """Merge one row in."""
        changed = self._rows(row, [title], self.encode([title]))
        self.table.merge_insert("row").when_matched_update_all().execute(changed)


if __name__ == "__main__":
    main(Lance)
