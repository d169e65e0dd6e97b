"""How often a question asks SQLite."""

import pytest


@pytest.mark.parametrize(
    "asked",
    [
        "what should I read on KV cache compression?",
        "vLLM vs Orca",  # two sides
        "quantizaton of activatons",  # mended
        "S-LoRA",  # a paper
        "the Punica paper, but not about pruning",
        "AIAYN",  # initials
        "where do I start with mixture of experts",
    ],
)
def test_a_question_is_one_statement_and_the_papers_that_are_shown(real, asked):
    real.ask("on zzzzzy")  # the venues are read once
    catalogue = real._snapshot().catalogue
    catalogue._words.clear()
    catalogue._papers.clear()
    said = []
    catalogue._db.set_trace_callback(said.append)
    try:
        real.ask(asked)
    finally:
        catalogue._db.set_trace_callback(None)
    statements = [line for line in said if not line.startswith("--")]
    searches = [line for line in statements if "FROM papers WHERE number IN" not in line]
    assert len(searches) == 1, searches
    # Those that the question names, and those shown of each side.
    assert len(statements) - len(searches) <= 4, statements


def test_a_question_of_very_many_words_is_answered(real):
    asked = "kv cache " + " ".join(f"{letter}{n}ches" for letter in "abc" for n in range(60))
    assert real.ask(asked).sections
