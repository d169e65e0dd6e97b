"""The score: parts that add up, priors that are real and bounded, filters, confidence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbot.indexing.catalogue import Columns
from paperbot.indexing.records import KINDS
from paperbot.search import weights
from paperbot.search.rank import Evidence, citation_standing, earliness, score

numbers = st.floats(0, 1, width=32)
maybe = st.none() | st.integers(0, 100_000)


def columns(rows):
    def array(at):
        return np.array([np.nan if r[at] is None else r[at] for r in rows], np.float32)

    return Columns(
        year=array(0),
        citations=array(1),
        counted=array(2),
        stars=array(3),
        teaching=np.zeros(len(rows), np.float32),
        kind=np.zeros(len(rows), np.int8),
        note_owner=np.empty(0, np.int32),
        note_lent=np.empty(0, np.bool_),
        member_section=np.empty(0, np.int32),
        member_paper=np.empty(0, np.int32),
        held_term=np.empty(0, np.int32),
        held_paper=np.empty(0, np.int32),
    )


PAPER = st.tuples(
    st.none() | st.integers(1950, 2026), maybe, st.none() | st.just(2026.0), st.integers(0, 5)
)


@given(st.lists(st.tuples(PAPER, numbers, numbers), min_size=2, max_size=30))
def test_no_prior_lifts_a_paper_past_one_closer_by_a_tenth_of_the_scale(rows):
    priors = columns([row[0] for row in rows])
    zero = np.zeros(len(rows), np.float32)
    evidence = Evidence(
        rows=np.arange(len(rows)),
        title=np.array([r[1] for r in rows], np.float32),
        note=zero - 1,
        words=np.array([r[2] for r in rows], np.float32),
        name=zero,
        bridge=zero,
    )
    scores = score(
        evidence, priors, citation_standing(priors), recent=False, cited=False, year=2026
    )
    assert np.allclose(sum(scores.parts.values()), scores.total, atol=1e-5)
    gain = scores.total - scores.relevance
    assert gain.max() - gain.min() <= weights.SCALE / 10
    for closer in range(len(rows)):
        for other in range(len(rows)):
            if scores.relevance[closer] - scores.relevance[other] > weights.SCALE / 10 + 1e-5:
                assert scores.total[closer] > scores.total[other]


def test_a_newcomer_is_led_to_surveys_and_early_work_but_not_of_something_else():
    papers = columns([(None, None, None, 0)] * 5)
    years = np.array([2016, 2024, 2020, np.nan, 2016], np.float32)
    kinds = np.array([0, 0, KINDS.index("survey"), 0, 0], np.int8)
    papers = replace(papers, year=years, kind=kinds)
    zero = np.zeros(5, np.float32)
    title = np.array([0.8, 0.8, 0.8, 0.8, 0.1], np.float32)
    evidence = Evidence(np.arange(5), title, zero - 1, zero, zero, zero)
    standing = citation_standing(papers)
    gain = score(evidence, papers, standing, newcomer=True, year=2026)
    early, late, survey, unknown, off_topic = (gain.total - gain.relevance).tolist()
    assert survey > early > unknown > late
    assert off_topic < early / 2
    plain = score(evidence, papers, standing, year=2026)
    assert not {"survey", "early"} & plain.parts.keys()
    recent = score(evidence, papers, standing, newcomer=True, recent=True, year=2026)
    assert "early" not in recent.parts
    aimless = score(replace(evidence, title=zero), papers, standing, newcomer=True, year=2026)
    assert aimless.parts["survey"][2] == np.float32(weights.SURVEY)


def test_papers_of_one_year_are_neither_early_nor_late():
    assert earliness(np.array([2024, 2024, np.nan], np.float32)).tolist() == [0.5, 0.5, 0.5]
    early = earliness(np.array([2020, 2023, 2023, 2025], np.float32))
    assert early.tolist() == [1.0, 0.5, 0.5, 0.0]


def test_both_priors_count():
    assert weights.STAR > 0
    assert weights.CITATIONS > 0


def test_unknown_counts_are_neutral_and_young_papers_are_judged_by_the_year():
    standing = citation_standing(
        columns(
            [
                (2014, 1000, 2025.0, 0),  # 91 a year
                (2024, 200, 2025.0, 0),  # 200 in its first year
                (2020, None, 2025.0, 0),
                (None, 500, 2025.0, 0),
                (2023, 1, 2025.0, 0),
            ]
        )
    )
    assert standing[1] > standing[0] > 0.0 - 1e-6
    assert standing[2] == standing[3] == 0
    assert standing[4] < 0


def places(assistant, question, titles, **options):
    hits = assistant.ask(question, count=100, **options).hits
    found = [hit.paper.title for hit in hits]
    return [next(i for i, title in enumerate(found) if title.startswith(t)) for t in titles]


@pytest.fixture
def without(monkeypatch):
    """Take a weight out of the ranking."""
    return lambda name: monkeypatch.setattr(weights, name, 0.0)


@pytest.mark.parametrize("question", ["kv cache", "what should I read on attention"])
def test_parts_add_up_to_the_score_and_hits_stand_in_its_order(real, question):
    hits = real.ask(question, count=50).hits
    for hit in hits:
        assert sum(part.value for part in hit.parts) == pytest.approx(hit.score)
        assert hit.why
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("trainable continuous prompts for the GPT family", "GPT Understands"),
        ("hidden states carried across segments", "Transformer-XL"),
        ("P-Tuning reducing the gap between discrete prompts", "GPT Understands"),
        ("factorised Q, K and V to cache less", "Tensor Product Attention"),
        ("a segment-level memory of earlier text", "Transformer-XL"),
        ("one framework for Mamba and linear attention", "Demystify Mamba"),
    ],
)
def test_a_note_alone_can_answer(real, question, title):
    hits = real.ask(question, count=3).hits
    found = [hit for hit in hits if hit.paper.title.startswith(title)]
    assert found, [hit.paper.title for hit in hits]


def test_the_why_line_says_stars_and_how_soon_citations_came(real):
    hit = next(h for h in real.ask("kv cache").hits if h.paper.title.startswith("InfiniGen"))
    assert hit.why == "matches *kv cache*; starred; 60 citations in its first year"


def test_the_why_line_says_that_a_note_matched(real):
    hits = real.ask("hidden states carried across segments").hits
    assert "matches the note" in hits[0].why


@pytest.mark.parametrize("name", ["vLLM", "Orca", "XLNet", "S3", "LLM.int8()", "PanGu-Σ"])
def test_a_nickname_finds_its_paper_first(real, name):
    hit = real.ask(name).hits[0]
    assert name.casefold().replace("3", "³") in hit.paper.title.casefold() or (
        name.casefold() in hit.paper.title.casefold()
    )
    assert "named" in hit.why


def test_a_name_that_no_list_holds_is_not_mended_to_one_of_the_glossary(real):
    assert "read “" not in real.ask("RegNet").understood
    assert "read “dissagregation” as “disaggregation”" in real.ask("dissagregation").understood


def test_an_abbreviation_that_is_spelt_out_beside_it_counts_once(real):
    from paperbot.search.words import without_short_forms

    assert without_short_forms("semantic parsing (SP), key-value (KV) caches") == (
        "semantic parsing, key-value caches"
    )
    assert without_short_forms("Lina (distributed MoE), sparse (paper) LoRA (low)") == (
        "Lina (distributed MoE), sparse (paper) LoRA (low)"
    )
    scores = [
        [hit.score for hit in real.ask(asked).hits]
        for asked in ("mixture of experts", "mixture of experts (MoE)")
    ]
    assert scores[0] == scores[1]


def test_a_misspelt_word_is_mended_and_shown(real):
    answer = real.ask("specultive decoding")
    assert "speculative" in answer.understood
    assert "Speculative" in answer.hits[0].paper.title


def test_each_side_of_a_comparison_is_answered(real):
    titles = [hit.paper.title for hit in real.ask("vLLM vs Orca").hits[:2]]
    assert titles[0].startswith("vLLM")
    assert titles[1].startswith("Orca")


@pytest.mark.parametrize("question", ["sourdough baking", "asdkj qwe zzzt", "tax law in Ohio"])
def test_nothing_close_is_said_and_sections_are_offered(real, question):
    answer = real.ask(question)
    assert answer.confidence == "nothing"
    assert answer.hits == ()
    assert len(answer.sections) == 3


def test_pages_follow_each_other_without_gap_or_overlap(real):
    whole = [hit.paper.id for hit in real.ask("attention", count=20).hits]
    pages = [
        hit.paper.id
        for offset in range(0, 20, 5)
        for hit in real.ask("attention", count=5, offset=offset).hits
    ]
    assert pages == whole


def test_the_same_question_has_the_same_answer(real):
    first, second = (real.ask("efficient inference", count=30) for _ in range(2))
    assert first.hits == second.hits


def test_similar_leaves_the_paper_itself_out(real):
    answer = real.similar("ZeRO-Offload")
    titles = [hit.paper.title for hit in answer.hits]
    assert not any(title.startswith("ZeRO-Offload") for title in titles)
    assert any(title.startswith("ZeRO") for title in titles)


def test_what_is_near_to_all_papers_is_less_like_one(real, without):
    """EcoServe schedules requests as Llumnix does; a survey of serving is near to all serving."""
    names = ["EcoServe", "Towards Efficient Generative"]

    def found():
        titles = [hit.paper.title for hit in real.similar("Llumnix", count=30).hits]
        return [next(i for i, t in enumerate(titles) if t.startswith(name)) for name in names]

    first, second = found()
    assert first < second
    without("COMMON")
    first, second = found()
    assert second < first


def test_a_pasted_text_is_compared_piece_by_piece_to_its_end(real):
    aside = "Weights are rounded to four bits so that they take less room. " * 100
    wanted = (
        "A small draft model guesses several tokens ahead. The large model verifies all of the "
        "guessed tokens at once, in parallel. Speculative decoding like this gives the same text, "
        "only sooner, for most guesses of a good draft are accepted by the model that checks them."
    )
    assert 6_000 < len(aside + wanted) < 8_000

    def found(text):
        return any("Speculative" in hit.paper.title for hit in real.similar(text, count=5).hits)

    assert found(aside + wanted)
    assert not found(aside)


# Pairs of the lab's own papers, about equally relevant, of which one is starred (or more cited).
PAIRS = [
    ("attention", "STAR", "When Attention Sink Emerges", "Demystify Mamba"),
    ("efficient inference", "STAR", "Compressing Context", "Flash-LLM"),
    ("kv cache", "STAR", "InfiniGen", "LayerKV"),
    ("transformer layers", "STAR", "Transformers are RNNs", "Transformer-XL"),
    ("attention", "CITATIONS", "Gated Linear Attention", "Convolutions and Self-Attention"),
    ("attention", "CITATIONS", "What does BERT look at", "Soaring from 4K"),
    ("efficient inference", "CITATIONS", "SkipDecode", "Efficient LLM Inference with Act"),
    ("attention", "CITATIONS", "Reducing Transformer Key", "Cross-layer Attention Sharing"),
]


@pytest.mark.parametrize(("question", "weight", "favoured", "other"), PAIRS)
def test_among_equally_relevant_papers_the_starred_and_the_cited_come_first(
    real, without, question, weight, favoured, other
):
    first, second = places(real, question, [favoured, other])
    assert first < second
    without(weight)
    first, second = places(real, question, [favoured, other])
    assert second < first
