"""What a question means: phrasing stripped, filters read, follow-ups joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperbot.search.answer import Filters, Query
from paperbot.search.followups import refine as refine_in
from paperbot.search.likeness import NamedPaper
from paperbot.search.understand import query_text
from paperbot.search.understand import understand as understand_in

VENUES = {"OSDI", "ISCA", "USENIX ATC"}


THIS_YEAR = 2026


def understand(asked, **more):
    return understand_in(asked, this_year=THIS_YEAR, **more)


def refine(previous, text, **more):
    return refine_in(previous, text, this_year=THIS_YEAR, **more)


def read(asked):
    return understand(asked, venues=VENUES)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("what should I read on KV cache compression?", "KV cache compression"),
        ("What should we read about speculative decoding", "speculative decoding"),
        ("Can you recommend some papers on pruning, please?", "pruning"),
        ("papers about mixture of experts", "mixture of experts"),
        ("any good papers on offloading?", "offloading"),
        ("I want to learn about scaling laws", "scaling laws"),
        ("show me papers on LoRA", "LoRA"),
        ("speculative decoding", "speculative decoding"),
        ("is there anything on chain of thought", "chain of thought"),
        ("citations in LLM answers", "citations in LLM answers"),
        (
            "Hi! For the intro of our paper I need papers on open-weight models",
            "open-weight models",
        ),
        ("something on mixture of experts by next week please", "mixture of experts"),
        ("papers", "papers"),
    ],
)
def test_phrasing_is_stripped(asked, topic):
    assert read(asked).text == topic


@pytest.mark.parametrize(
    ("asked", "topic", "filters"),
    [
        ("quantization since 2023", "quantization", Filters(since=2023)),
        ("attention before 2020", "attention", Filters(until=2019)),
        ("pruning after 2020", "pruning", Filters(since=2021)),
        ("serving in 2022", "serving", Filters(since=2022, until=2022)),
        ("agents between 2022 and 2023", "agents", Filters(since=2022, until=2023)),
        ("surveys on agents", "agents", Filters(kind="survey")),
        ("serving from OSDI", "serving", Filters(venue="OSDI")),
        ("training from scratch", "training from scratch", Filters()),
        ("starred papers on inference", "inference", Filters(starred=True)),
        ("efficiency but not about vision", "efficiency", Filters(not_about=("vision",))),
        ("moe with at least 100 citations", "moe", Filters(min_citations=100)),
        ("moe with fewer than 50 citations", "moe", Filters(max_citations=49)),
        ("papers with zero citations", "", Filters(max_citations=0)),
        ("uncited papers on agents", "agents", Filters(max_citations=0)),
        ("agents, but not from 2024", "agents", Filters(not_years=(2024,))),
        ("contexts of 512 not 2048 tokens", "contexts of 512 not 2048 tokens", Filters()),
        (
            "starred papers that are not from 2023 or 2024",
            "",
            Filters(starred=True, not_years=(2023, 2024)),
        ),
    ],
)
def test_filters_are_read_from_words(asked, topic, filters):
    query = read(asked)
    assert (query.text, query.filters) == (topic, filters)


def test_wishes_and_counts_are_read_from_words():
    query = read("three recent papers on highly cited agents")
    assert (query.count, query.recent, query.cited) == (3, True, True)


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        ("vLLM vs Orca", ("vLLM", "Orca")),
        ("LoRA or DoRA?", ("LoRA", "DoRA")),
        ("what is the difference between GPTQ and AWQ", ("GPTQ", "AWQ")),
        ("H2O compared with SnapKV", ("H2O", "SnapKV")),
    ],
)
def test_a_comparison_has_two_sides(asked, sides):
    query = read(asked)
    assert (query.intent, query.sides) == ("compare", sides)


@pytest.mark.parametrize(
    "asked",
    [
        "where do I start with parallel training?",
        "how should a newcomer get started with parallel training",
        "I am new to parallel training, what should I read first?",
    ],
)
def test_a_newcomers_question_is_a_path(asked):
    query = read(asked)
    assert (query.intent, query.text) == ("path", "parallel training")


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("i want to tune a model with adapters and i know nothing, good intro papers",
         "tune a model with adapters"),
        ("never touched quantization before, first things to read?", "quantization"),
        ("MoE for dummies?", "MoE"),
        ("starting my master thesis on serving, zero systems background. first papers?", "serving"),
        ("first papers on state space models", "state space models"),
    ],
)  # fmt: skip
def test_a_newcomers_topic_is_what_says_most(asked, topic):
    query = read(asked)
    assert (query.intent, query.text) == ("path", topic)


def test_first_inside_a_topic_makes_nobody_a_newcomer():
    query = read("which paper multiplies keys and values first and brings in queries last")
    assert query.intent == "topic"
    assert "multiplies keys and values first" in query.text


@pytest.mark.parametrize(
    "asked",
    ["I liked Llumnix, what else is in that vein?", "Llumnix was great. Find me its relatives"],
)
def test_who_liked_a_paper_wants_papers_like_it(asked):
    query = understand(asked, is_name=lambda name: name == "Llumnix")
    assert (query.intent, query.text) == ("similar", "Llumnix")


@pytest.mark.parametrize(
    "asked",
    [
        "It works like a coach trip: nobody may hop on until the coach is back",
        "Can I pack ten of them together?",
        "It has to be carved up across eight of them.",
        "only two of them fit on one GPU",
        "I need eight of them to hold one model",
        "do I need 2, 3 or 4 bits for weights?",
        "we need two, maybe four GPUs to serve a 70B model",
    ],
)
def test_a_need_told_by_what_it_is_like_or_how_many_there_are_is_a_topic(asked):
    query = read(asked)
    assert (query.intent, query.count) == ("topic", None)


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("mixture of experts for dummies, no prior knowledge", "mixture of experts"),
        ("pruning for beginners, without any background", "pruning"),
        ("what to read first about agents if I know nothing", "agents"),
        ("quantization, without any prior experience", "quantization"),
        ("RL, no ML background", "RL"),
        ("where do I start with pruning if I have no background in hardware", "pruning"),
        ("lora, no idea where to start", "lora"),
    ],
)
def test_what_a_newcomer_lacks_is_not_left_out(asked, topic):
    query = read(asked)
    assert (query.intent, query.text, query.filters) == ("path", topic, Filters())


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Houlsby et al. 2019, the bottleneck adapters", "the bottleneck adapters"),
        ("Pope et al., inference on TPU v4", "inference on TPU v4"),
        ("quantization by Lin and Tang et al.", "quantization"),
        ("papers by Dao et al.", "papers by Dao et al"),
    ],
)
def test_authors_are_no_topic_and_their_year_no_filter(asked, topic):
    query = read(asked)
    assert (query.text, query.filters) == (topic, Filters())


@pytest.mark.parametrize(
    ("asked", "topic", "left_out"),
    [
        ("pruning but not knowledge distillation", "pruning", "knowledge distillation"),
        ("RL without experience replay", "RL", "experience replay"),
        ("RAG, but no knowledge graphs", "RAG", "knowledge graphs"),
        ("segmentation, no background subtraction", "segmentation", "background subtraction"),
        ("agents but not world knowledge", "agents", "world knowledge"),
    ],
)
def test_knowledge_that_is_a_subject_is_left_out(asked, topic, left_out):
    query = read(asked)
    assert (query.intent, query.text) == ("topic", topic)
    assert query.filters == Filters(not_about=(left_out,))


def test_what_is_wanted_from_nothing_makes_nobody_a_newcomer():
    for asked in (
        "papers on zero shot knowledge distillation",
        "question answering with no external knowledge",
        "unlearning with no prior knowledge of the forget set",
    ):
        assert read(asked).intent == "topic"


@pytest.mark.parametrize(
    ("asked", "topic", "recent"),
    [
        ("pioneering work on soft prompts", "soft prompts", False),
        (
            "my supervisor wants the standard references on speculative decoding",
            "speculative decoding",
            False,
        ),
        ("what is done in quantization right now", "what is done in quantization", True),
        (
            "Please recommend current surveys on efficient LLM inference.",
            "efficient LLM inference",
            True,
        ),
    ],
)
def test_wishes_are_read_in_many_words(asked, topic, recent):
    query = read(asked)
    assert (query.text, query.recent, query.cited) == (topic, recent, not recent)


def test_works_may_be_papers():
    assert read("which works like AdaLoRA exist?").intent == "similar"


@pytest.mark.parametrize("asked", ["give me three of them on attention", "just 3 of these please"])
def test_so_many_of_them_are_counted(asked):
    assert read(asked).count == 3


@pytest.mark.parametrize(
    ("asked", "sides"),
    [
        ("ZeRO or Megatron, which one to read tonight", ("ZeRO", "Megatron")),
        ("one small card: PowerInfer or FlexGen?", ("PowerInfer", "FlexGen")),
        ("offloading to CPU memory or SSD", ()),
        ("what BERT or attention heads encode", ()),
    ],
)
def test_a_choice_is_between_names_or_short_sides(asked, sides):
    names = {"ZeRO", "Megatron", "PowerInfer", "FlexGen", "BERT"}
    assert understand(asked, is_name=names.__contains__).sides == sides


def test_an_overview_that_is_known_is_no_wish_for_surveys():
    asked = "in the overview of serving, which system is the example of offloading?"
    assert read(asked).filters.kind is None
    assert read("is there a survey or review about cheap inference").text == "cheap inference"


ORCA = NamedPaper(
    "orca", "orca", frozenset("orca a distributed serving system for generative".split())
)


@pytest.mark.parametrize(
    "asked",
    [
        "which papers are siblings of Orca",
        "just finished Orca (the distributed serving system). What comes next?",
        "if I enjoyed Orca, which others would you recommend?",
        "Orca - similar papers please",
        "follow-ups to Orca",
        "read orca, want its competitors",
        "what belongs next to Orca, the one that batches by iteration?",
        "who else attacks the problem Orca is solving",
        "Orca has to have rivals, which ones do we list?",
    ],
)
def test_a_paper_and_a_wish_for_its_like_is_enough(asked):
    query = understand(asked, name_in=lambda _: ORCA)
    assert (query.intent, query.text) == ("similar", "orca")


@pytest.mark.parametrize(
    "asked",
    [
        "Orca",
        "the Orca paper",
        "how does Orca batch requests next to vLLM",
        "systems related to Orca with offloading to disks",
        "I read Orca and want papers about prefix caching",
    ],
)
def test_a_named_paper_alone_is_no_wish_for_its_like(asked):
    assert understand(asked, name_in=lambda _: ORCA).intent != "similar"


@pytest.mark.parametrize(
    ("asked", "topic"),
    [
        ("Crash course: mixture of experts", "mixture of experts"),
        ("attention sinks, intro", "attention sinks"),
        ("prompts as vectors: foundations of that", "prompts as vectors"),
        ("Beginner's way into stopping early, please", "stopping early"),
        ("batching in serving, reading list for someone from biology", "batching in serving"),
    ],
)
def test_a_newcomer_is_known_by_many_signs(asked, topic):
    query = read(asked)
    assert (query.intent, query.text) == ("path", topic)


def test_of_a_newcomers_clauses_the_topic_is_what_speaks_of_the_field():
    asked = "must-reads on chain of thought for somebody who has only ever typed things by hand"
    query = understand(asked, spoken_of=lambda clauses: ["thought" in c for c in clauses])
    assert (query.intent, query.text) == ("path", "chain of thought")
    assert "reason step by step" in read("which methods make a model reason step by step").text


def test_a_title_is_taken_as_it_stands():
    title = "Towards Efficient Serving: A Survey from Algorithms to Systems since 2020"
    assert understand(title, is_name=lambda name: name == title) == Query(title, asked=title)


def test_a_follow_up_narrows_the_question_before():
    first = read("serving since 2022")
    only = refine(first, "only surveys", venues=VENUES)
    assert only.text == "serving"
    assert only.filters == Filters(since=2022, kind="survey")
    assert refine(only, "and since 2024?").filters.since == 2024
    assert refine(first, "newer").recent
    assert refine(first, "what about mixture of experts?").text == "mixture of experts"
    assert refine(first, "how do agents remember") is None


QUERIES = st.builds(
    Query,
    text=st.sampled_from(["kv cache", "mixture of experts", "pruning heads"]),
    asked=st.just(""),
    filters=st.builds(
        Filters,
        since=st.none() | st.integers(1990, 2026),
        kind=st.sampled_from([None, "survey", "blog"]),
        venue=st.sampled_from([None, "OSDI", "USENIX ATC"]),
        starred=st.booleans(),
        min_citations=st.none() | st.integers(1, 9999),
        max_citations=st.none() | st.integers(0, 9999),
        not_years=st.sampled_from([(), (2024,), (2019, 2023)]),
        not_about=st.sampled_from([(), ("vision",)]),
    ),
    intent=st.sampled_from(["topic", "path"]),
    count=st.none() | st.integers(1, 20),
    recent=st.booleans(),
    cited=st.booleans(),
)


@given(QUERIES)
def test_a_query_written_out_is_read_back_the_same(query):
    from dataclasses import replace

    assert replace(read(query_text(query)), asked="") == query


@given(st.text(max_size=200))
def test_any_text_is_understood_as_something(asked):
    read(asked)
    refine(Query("x", "x"), asked)
