"""What of the glossary a question speaks of."""

import numpy as np
import pytest


@pytest.fixture
def concepts(real):
    return real._snapshot().corpus.concepts


def names_of(real, places):
    names = real._snapshot().corpus.glossary.names
    return [names[int(place)] for place in places]


def test_a_clause_that_is_a_term_means_its_concept(real, concepts):
    asked = "pipeline parallelism, one page for my advisor who hates bubbles by tomorrow evening"
    question, clause = real._snapshot().corpus.embed([asked, "pipeline parallelism"])
    without, spoken = concepts.spoken_of(question), concepts.spoken_of(question, [clause])
    assert spoken.term > without.term
    assert "Pipeline parallelism" in names_of(real, np.argsort(-spoken.choice)[:2])
    assert spoken.nearest.max() > without.nearest.max()
    assert spoken.phrase == without.phrase


def test_a_clause_that_is_no_term_changes_nothing(real, concepts):
    question, clause = real._snapshot().corpus.embed(["what a day, my boss said", "my boss said"])
    without, spoken = concepts.spoken_of(question), concepts.spoken_of(question, [clause])
    assert np.array_equal(spoken.choice, without.choice)


def test_a_short_clause_finds_its_papers_in_a_long_question(real):
    asked = "IO-aware attention kernels, I have to explain tiling in the reading group, help"
    titles = [hit.paper.title for hit in real.ask(asked, count=3).hits]
    assert any(title.startswith("FlashAttention") for title in titles)


def test_a_need_in_plain_words_is_answered(real):
    asked = "As soon as somebody pastes a huge report, the text on everybody else's screen stutters"
    answer = real.ask(asked)
    assert answer.confidence != "nothing"
    assert any("Prefill" in hit.paper.title for hit in answer.hits)
