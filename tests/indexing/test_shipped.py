"""The vectors of glossary and summaries that come with paperbot."""

from pathlib import Path

import numpy as np

from paperbot.indexing.cache import EmbeddingCache, text_key
from paperbot.indexing.encoders import packaged_adapter
from paperbot.indexing.glossary import glossary_texts, parse_glossary
from paperbot.indexing.model import default_fingerprint
from paperbot.indexing.shipped import packaged, read_shipped, write_shipped
from paperbot.indexing.summaries import parse_summaries

DATA = Path(__file__).parents[2] / "data"


def refuse(texts):
    raise AssertionError(f"{texts} had to be encoded")


def test_every_text_of_glossary_and_summaries_comes_with_its_vector(real):
    """If this fails after a change to one or the adapter: python -m training.shipped_vectors."""
    phrases, terms = glossary_texts(parse_glossary((DATA / "glossary.md").read_text())[0])
    summaries, _ = parse_summaries((DATA / "summaries.md").read_text())
    told = [summary.text for summary in summaries]
    keys = {text_key(text) for text in (*phrases, *terms, *told)}
    shipped = read_shipped(packaged(), default_fingerprint(packaged_adapter()), keys)
    assert shipped.keys() == keys
    sample = [*phrases[::97], *terms[::97], *told[::97]]
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
    keys = [text_key("a")]
    write_shipped(file, "model", keys, np.ones((1, 4), np.float32))
    assert read_shipped(file, "model", keys).keys() == set(keys)
    assert read_shipped(file, "other", keys) == {}
    file.write_bytes(file.read_bytes()[:100])
    assert read_shipped(file, "model", keys) == {}
    assert read_shipped(tmp_path / "none", "model", keys) == {}
