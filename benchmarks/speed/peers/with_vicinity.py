"""vicinity with the exact backend of its quickstart, the one that items can be deleted from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from protocol import COUNT, Encoder, main
from vicinity import Backend, Metric, Vicinity


class ExactVicinity:
    """One store; an item is a pair of row and title."""

    backend = Backend.BASIC
    # Kept beside the index where it cannot give them back.
    store_vectors = False

    def __init__(self, folder: Path, encode: Encoder) -> None:
        self.folder, self.encode = folder / "store", encode

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Make the store and save it."""
        vectors = self.encode(titles) if vectors is None else vectors
        self._make([[row, title] for row, title in enumerate(titles)], vectors)

    def _make(self, items: list[list[object]], vectors: np.ndarray) -> None:
        self.store = Vicinity.from_vectors_and_items(
            vectors=vectors,
            items=items,
            backend_type=self.backend,
            metric=Metric.COSINE,
            store_vectors=self.store_vectors,
        )
        self.store.save(self.folder, overwrite=True)

    def open(self) -> None:
        """Load the store."""
        self.store = Vicinity.load(self.folder)

    def find(self, question: str) -> list[tuple[int, str]]:
        """Query by vector."""
        (found,) = self.store.query(self.encode([question]), k=COUNT)
        return [(row, title) for (row, title), _ in found]

    def update(self, row: int, title: str) -> None:
        """Delete the old, insert the new, save."""
        old = next(item for item in self.store.items if item[0] == row)
        self.store.delete([old])
        self.store.insert([[row, title]], self.encode([title]))
        self.store.save(self.folder, overwrite=True)


if __name__ == "__main__":
    main(ExactVicinity)
