"""The vectors of the glossary that come with paperbot."""

from pathlib import Path

import numpy as np

from paperbot.indexing.cache import EmbeddingCache, text_key
from paperbot.indexing.encoders import packaged_adapter
from paperbot.indexing.glossary import glossary_texts, parse_glossary
from paperbot.indexing.model import default_fingerprint
from paperbot.indexing.shipped import packaged, read_shipped, write_shipped

GLOSSARY = Path(__file__).parents[2] / "data" / "glossary.md"


def refuse(texts):
    raise AssertionError(f"{texts} had to be encoded")


def test_every_text_of_the_glossary_comes_with_its_vector(real):
    """If this fails after a change to glossary or adapter: python -m training.glossary_vectors."""
    phrases, terms = glossary_texts(parse_glossary(GLOSSARY.read_text())[0])
    shipped = read_shipped(packaged(), default_fingerprint(packaged_adapter()))
    assert {text_key(text) for text in (*phrases, *terms)} <= shipped.keys()
    sample = [*phrases[::97], *terms[::97]]
    encoded = real._snapshot().corpus.encoder().encode_questions(sample)
    kept = np.stack([shipped[text_key(text)] for text in sample])
    assert (encoded * kept).sum(axis=1).min() > 0.9999


def test_shipped_texts_are_not_encoded_and_others_are(tmp_path):
    file = tmp_path / "shipped.npz"
    vectors = np.eye(2, 4, dtype=np.float32)
    write_shipped(file, "model", [text_key("a"), text_key("b")], vectors)
    with EmbeddingCache(tmp_path / "cache.db", "model") as cache:
        found, count = cache.fill(["b", "a"], refuse, shipped=file)
        assert np.allclose(found, vectors[::-1])
        assert count == 0
        found, count = cache.fill(["a", "new"], lambda texts: vectors[: len(texts)], shipped=file)
        assert count == 1


def test_vectors_of_another_model_or_a_damaged_file_are_no_vectors(tmp_path):
    file = tmp_path / "shipped.npz"
    write_shipped(file, "model", [text_key("a")], np.ones((1, 4), np.float32))
    assert read_shipped(file, "other") == {}
    file.write_bytes(file.read_bytes()[:100])
    assert read_shipped(file, "model") == {}
    assert read_shipped(tmp_path / "none", "model") == {}
