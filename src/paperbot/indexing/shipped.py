"""Vectors of glossary and summaries that come with paperbot, so that no build is spent on them.

Made for the default model by `python -m training.shipped_vectors`; of use to no other.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from paperbot.indexing.bytevectors import ByteVectors
from paperbot.indexing.encoder import Vectors

FILE = "shipped_vectors.npz"
KEY_BYTES = 16


def packaged() -> Path:
    """Give the file that comes with the package."""
    return Path(str(files("paperbot.indexing") / FILE))


def write_shipped(path: Path, model: str, keys: Sequence[bytes], vectors: Vectors) -> None:
    """Write the vectors (unit rows) of texts by key, for the model (fingerprint) they are of."""
    np.savez(
        path,
        model=np.array(model),
        keys=np.frombuffer(b"".join(keys), np.uint8).reshape(-1, KEY_BYTES),
        bytes=ByteVectors.of(vectors).bytes,
    )


def read_shipped(path: Path, model: str, wanted: Container[bytes]) -> dict[bytes, Vectors]:
    """Read the vectors of ``wanted`` keys that are there.

    None are where they are another model's or the file is missing.
    """
    try:
        with np.load(path) as stored:
            if str(stored["model"]) != model:
                return {}
            keys = [key.tobytes() for key in stored["keys"]]
            rows = np.array([row for row, key in enumerate(keys) if key in wanted], np.int64)
            if not len(rows):
                return {}
            vectors = ByteVectors.of_bytes(stored["bytes"][rows]).take(slice(None))
    except (OSError, ValueError, KeyError, IndexError, BadZipFile):
        return {}
    return {keys[row]: vector for row, vector in zip(rows, vectors, strict=True)}
