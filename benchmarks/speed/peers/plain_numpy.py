"""The script that anyone would write first: one matrix, one JSON file of titles."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from protocol import COUNT, Encoder, main


class PlainNumpy:
    """Exact cosines of all titles by one matrix product."""

    def __init__(self, folder: Path, encode: Encoder) -> None:
        self.vectors_file, self.titles_file = folder / "vectors.npy", folder / "titles.json"
        self.encode = encode

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Write both files."""
        self.vectors = self.encode(titles) if vectors is None else vectors
        self.titles = titles
        self._save()

    def _save(self) -> None:
        np.save(self.vectors_file, self.vectors)
        self.titles_file.write_text(json.dumps(self.titles))

    def open(self) -> None:
        """Read both files."""
        self.vectors = np.load(self.vectors_file)
        self.titles = json.loads(self.titles_file.read_text())

    def find(self, question: str) -> list[tuple[int, str]]:
        """Sort the ten best of all."""
        scores = self.vectors @ self.encode([question])[0]
        best = np.argpartition(-scores, COUNT)[:COUNT]
        best = best[np.argsort(-scores[best])]
        return [(int(row), self.titles[row]) for row in best]

    def update(self, row: int, title: str) -> None:
        """Change one row, write both files."""
        self.vectors[row] = self.encode([title])[0]
        self.titles[row] = title
        self._save()


if __name__ == "__main__":
    main(PlainNumpy)
