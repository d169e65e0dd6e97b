"""Vectors as signed bytes: a quarter of the memory, each at a cosine above .9999 to the true one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.encoder import Vectors

Where = NDArray[np.int64] | slice


@dataclass(frozen=True, slots=True)
class ByteVectors:
    """Vectors of unit length: signed bytes of shape (n, dimension), each row times its ``scale``."""

    bytes: NDArray[np.int8]
    scale: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.bytes)

    @classmethod
    def of(cls, vectors: Vectors) -> ByteVectors:
        """Round vectors of shape (n, dimension), each to 127 steps either way."""
        step = np.abs(vectors).max(axis=1, keepdims=True, initial=1e-9) / 127
        return cls.of_bytes(np.rint(vectors / step).astype(np.int8))

    @classmethod
    def of_bytes(cls, rounded: NDArray[np.int8]) -> ByteVectors:
        """Give bytes the scale that makes each row a vector of unit length."""
        length = np.linalg.norm(rounded.astype(np.float32), axis=1)
        return cls(rounded, (1 / np.maximum(length, 1)).astype(np.float32))

    def take(self, rows: Where) -> Vectors:
        """Give some of the vectors as float32."""
        return cast(Vectors, self.bytes[rows] * self.scale[rows, None])

    def cosines(self, rows: Where, other: Vectors) -> Vectors:
        """Give the cosine of each of some vectors to another one, of unit length."""
        return cast(Vectors, (self.bytes[rows].astype(np.float32) @ other) * self.scale[rows])
