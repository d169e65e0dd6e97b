"""vicinity with usearch, its fastest backend: approximate, and made anew when an item changes."""

from __future__ import annotations

from protocol import main
from vicinity import Backend
from with_vicinity import ExactVicinity


class UsearchVicinity(ExactVicinity):
    """The same store on a usearch graph, with the vectors beside it."""

    backend = Backend.USEARCH
    store_vectors = True

    def update(self, row: int, title: str) -> None:
        """Build again from the stored vectors: the backend cannot delete."""
        vectors = self.store.get_vector_by_index(range(len(self.store)))
        vectors[row] = self.encode([title])[0]
        self.store.items[row] = [row, title]
        self._make(self.store.items, vectors)


if __name__ == "__main__":
    main(UsearchVicinity)
