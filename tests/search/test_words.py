"""Words of a question: its clauses, and which of them are misspelt."""

import pytest

from paperbot.search.words import clauses_of, misspellable, repair

VOCABULARY = {"s": {"stacking": 3}, "q": {"quantization": 9}}


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        ("speculative decoding", []),
        (
            "Hi! KV cache eviction (which tokens?), by Friday",
            ["Hi", "KV cache eviction", "which tokens", "by Friday"],
        ),
        ("pipeline parallelism - bubbles", ["pipeline parallelism", "bubbles"]),
        ("a well-known trick, v1.5", ["a well-known trick", "v1.5"]),
    ],
)
def test_the_clauses_of_a_longer_question_are_told_apart(asked, clauses):
    assert clauses_of(asked) == clauses


@pytest.mark.parametrize(
    ("word", "mended"),
    [("quantizaton", {"quantizaton": "quantization"}), ("stashing", {}), ("stash", {})],
)
def test_a_form_of_a_known_word_is_not_misspelt(word, mended):
    known = {"stash"}
    assert repair(misspellable([word], known.__contains__), VOCABULARY.get) == mended
