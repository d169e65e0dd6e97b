"""txtai, which embeds by itself: its defaults (FAISS) with content stored, so that titles come back.

Given vectors go in by its external method, with a function for the questions.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from protocol import COUNT, Encoder, main
from txtai import Embeddings


class Txtai:
    """One txtai index."""

    def __init__(self, folder: Path, encode: Encoder) -> None:
        self.folder, self.encode = folder / "index", encode
        self.given = folder / "given"
        self.known: dict[str, np.ndarray] = {}

    def _config(self) -> dict[str, object]:
        if self.given.exists():
            # txtai takes a function in the strict sense alone, not any callable.
            return {"method": "external", "transform": lambda texts: self._look_up(texts)}  # noqa: PLW0108
        path = self.encode.onnx / "model.onnx" if self.encode.onnx else self.encode.model
        return {"path": str(path)}

    def _look_up(self, texts: Sequence[str]) -> np.ndarray:
        """Give the vectors given for these texts; encode one that none was given for."""
        if any(text not in self.known for text in texts):
            return self.encode(list(texts))
        return np.stack([self.known[text] for text in texts])

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Index all titles and save."""
        if vectors is not None:
            self.given.touch()
            self.known = dict(zip(titles, vectors, strict=True))
        self.index = Embeddings({**self._config(), "content": True})
        self.index.index(enumerate(titles))
        self.index.save(str(self.folder))

    def open(self) -> None:
        """Load the index with the encoder asked for."""
        self.index = Embeddings()
        self.index.load(str(self.folder), config=self._config())

    def find(self, question: str) -> list[tuple[int, str]]:
        """Search by text."""
        found = self.index.search(question, COUNT)
        return [(int(hit["id"]), hit["text"]) for hit in found]

    def update(self, row: int, title: str) -> None:
        """Upsert and save."""
        self.index.upsert([(row, title, None)])
        self.index.save(str(self.folder))


if __name__ == "__main__":
    main(Txtai)
