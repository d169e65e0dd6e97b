"""Vectors as bytes are nearly the vectors they were made of, and stay what they are."""

import numpy as np

from paperbot.indexing.bytevectors import ByteVectors

RANDOM = np.random.default_rng(0).standard_normal((50, 384)).astype(np.float32)
UNIT = RANDOM / np.linalg.norm(RANDOM, axis=1, keepdims=True)


def test_bytes_give_back_unit_vectors_with_nearly_the_same_cosines():
    stored = ByteVectors.of(UNIT)
    back = stored.take(slice(None))
    assert np.allclose(np.linalg.norm(back, axis=1), 1, atol=1e-6)
    assert (back * UNIT).sum(axis=1).min() > 0.9999
    rows = np.array([7, 3])
    assert np.allclose(stored.cosines(rows, UNIT[0]), UNIT[rows] @ UNIT[0], atol=2e-3)


def test_rounding_what_was_rounded_changes_nothing():
    stored = ByteVectors.of(UNIT)
    assert (ByteVectors.of(stored.take(slice(None))).bytes == stored.bytes).all()


def test_a_vector_of_zeros_stays_zero():
    assert not ByteVectors.of(np.zeros((1, 4), np.float32)).take(slice(None)).any()
    assert len(ByteVectors.of(np.empty((0, 4), np.float32))) == 0
