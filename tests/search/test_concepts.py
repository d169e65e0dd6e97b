"""What of the glossary a question speaks of, and the papers it leads to."""

import numpy as np
import pytest

from paperbot.search import weights
from paperbot.search.topics import topics_of


def said(real, asked):
    corpus = real._snapshot().corpus
    (topic,) = topics_of(corpus, [asked])
    return [corpus.glossary.names[place] for place in topic.said]


@pytest.mark.parametrize(
    ("asked", "concept"),
    [
        ("pipeline parallelism, one page for my advisor by tomorrow", "Pipeline parallelism"),
        ("pipline parallelism, one page for my advisor", "Pipeline parallelism"),
        ("pipeline parallelism, explained in a simpel way", "Pipeline parallelism"),
        ("hey, good morning! KV caches: what is new?", "KV caching in autoregressive decoding"),
    ],
)
def test_a_clause_that_is_a_term_names_its_concept(real, asked, concept):
    assert concept in said(real, asked)


@pytest.mark.parametrize(
    "asked",
    [
        "pipeline parallelism",  # the whole question speaks for itself
        "my advisor, who hates long papers, wants something by tomorrow",
        "why pipeline parallelism wastes so many cycles waiting for slow machines, please",
    ],
)
def test_other_clauses_name_none(real, asked):
    assert said(real, asked) == []


def test_a_short_clause_finds_its_papers_in_a_long_question(real, monkeypatch):
    asked = "low-rank adaptation, I have to tell my boss on Friday why we should bother"

    def best_part():
        return max(part.value for part in real.ask(asked).hits[0].parts if part.name == "bridge")

    with_clauses = best_part()
    monkeypatch.setattr(weights, "CLAUSE_SHARE", 9.0)
    assert best_part() < with_clauses


def test_a_glossary_that_fits_the_lists_badly_counts_less(real, monkeypatch):
    concepts = real._snapshot().corpus.concepts
    assert concepts.fit > weights.BRIDGE_FIT[1]  # of the lab's lists it tells in full

    def bridges():
        hits = real.ask("low-rank adaptation", count=100).hits
        return {h.paper.id: p.value for h in hits for p in h.parts if p.name == "bridge"}

    in_full = bridges()
    monkeypatch.setattr(concepts, "fit", 0.1)
    less = bridges()
    both = in_full.keys() & less.keys()
    assert len(both) > 50
    for paper in both:
        assert less[paper] == pytest.approx(weights.BRIDGE_LEAST_OF_FIT * in_full[paper], abs=1e-6)


def test_a_need_in_plain_words_is_answered(real):
    asked = "As soon as somebody pastes a huge report, the text on everybody else's screen stutters"
    answer = real.ask(asked)
    assert answer.confidence != "nothing"
    assert any("Prefill" in hit.paper.title for hit in answer.hits)


def test_plain_phrases_of_a_concept_lie_along_its_direction(real):
    """The direction tells a concept's own phrases from those of all others."""
    glossary = real._snapshot().corpus.glossary
    phrases = glossary.vectors.take(slice(0, int(glossary.phrase_starts[-1])))
    owner = np.repeat(np.arange(len(glossary.names)), np.diff(glossary.phrase_starts))
    along = phrases @ glossary.directions.take(slice(None)).T
    assert (along.argmax(axis=1) == owner).mean() > 0.9
