"""txtai, which embeds by itself: its defaults (FAISS) with content stored, so that titles come back.

Given vectors go in by its external method, with a function for the questions.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from protocol import COUNT, Encoder, main
from txtai import Embeddings


class Txtai:
    """One txtai index."""

    def __init__(self, folder: Path, encode: Encoder) -> None:
        self.folder, self.encode = folder / "index", encode
        self.given = folder / "given"

    def _config(self) -> dict[str, object]:
        if self.given.exists():
            # txtai takes a function in the strict sense alone, not any callable.
            return {"method": "external", "transform": lambda texts: self.encode(list(texts))}
        path = self.encode.onnx / "model.onnx" if self.encode.onnx else self.encode.model
        return {"path": str(path)}

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Index all titles and save."""
        if vectors is not None:
            self.given.touch()
        self.index = Embeddings({**self._config(), "content": True})
        if vectors is None:
            self.index.index(enumerate(titles))
        else:
            self.index.index(
                (row, {"object": vector, "text": title}, None)
                for row, (title, vector) in enumerate(zip(titles, vectors, strict=True))
            )
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
