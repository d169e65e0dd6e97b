"""chromadb: a persistent collection in cosine space, vectors by the encoder that all share.

Its default embedding function is the same model as ONNX, fetched from the network and padded to
256 tokens a text; the shared encoders stand in for it.
"""

from __future__ import annotations

from pathlib import Path

import chromadb
import numpy as np
from protocol import COUNT, Encoder, main


class Chroma:
    """One collection of one persistent client."""

    def __init__(self, folder: Path, encode: Encoder) -> None:
        settings = chromadb.Settings(anonymized_telemetry=False)
        self.client = chromadb.PersistentClient(str(folder), settings)
        self.encode = encode

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Add all titles, in batches as large as it takes."""
        vectors = self.encode(titles) if vectors is None else vectors
        collection = self.client.create_collection(
            "titles", configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        step = self.client.get_max_batch_size()
        for start in range(0, len(titles), step):
            rows = range(start, min(start + step, len(titles)))
            collection.add(
                ids=[str(row) for row in rows],
                embeddings=vectors[rows.start : rows.stop],
                documents=titles[rows.start : rows.stop],
            )

    def open(self) -> None:
        """Find the collection."""
        self.collection = self.client.get_collection("titles", embedding_function=None)

    def find(self, question: str) -> list[tuple[int, str]]:
        """Query by vector."""
        found = self.collection.query(
            query_embeddings=self.encode([question]), n_results=COUNT, include=["documents"]
        )
        return [
            (int(row), title)
            for row, title in zip(found["ids"][0], found["documents"][0], strict=True)
        ]

    def update(self, row: int, title: str) -> None:
        """Upsert: the client writes it down itself."""
        self.collection.upsert(ids=[str(row)], embeddings=self.encode([title]), documents=[title])


if __name__ == "__main__":
    main(Chroma)
