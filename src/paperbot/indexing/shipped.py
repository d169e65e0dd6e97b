"""Vectors of the glossary's texts that come with paperbot, so that a first build is not spent on
them.

Made for the default model by `python -m training.glossary_vectors`; of use to no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.bytevectors import ByteVectors
from paperbot.indexing.encoder import Vectors

FILE = "glossary_vectors.npz"
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


def read_shipped(path: Path, model: str) -> dict[bytes, Vectors]:
    """Read the vectors by key; none where they are another model's or the file is missing."""
    try:
        with np.load(path) as stored:
            if str(stored["model"]) != model:
                return {}
            keys: NDArray[np.uint8] = stored["keys"]
            vectors = ByteVectors.of_bytes(stored["bytes"]).take(slice(None))
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
