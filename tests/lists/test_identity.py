"""One work, one paper: identifiers first, titles next, sequels and namesakes kept apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbot.lists import join, parse
from paperbot.lists.identity import same_title
from paperbot.lists.links import identifier


def papers(*lists):
    return join([parse(text, f"l{n}.md", this_year=2026) for n, text in enumerate(lists)]).papers


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://arxiv.org/abs/2101.00001v3", "arxiv:2101.00001"),
        ("http://arxiv.org/pdf/2101.00001.pdf", "arxiv:2101.00001"),
        ("https://arxiv.org/html/2101.00001v1", "arxiv:2101.00001"),
        ("https://huggingface.co/papers/2101.00001", "arxiv:2101.00001"),
        ("https://doi.org/10.48550/arXiv.2101.00001", "arxiv:2101.00001"),
        ("https://arxiv.org/abs/cs/0506123", "arxiv:cs/0506123"),
        ("https://dl.acm.org/doi/abs/10.1145/3658644.3670276", "doi:10.1145/3658644.3670276"),
        ("https://doi.org/10.1145/3658644.3670276", "doi:10.1145/3658644.3670276"),
        ("https://aclanthology.org/2023.acl-demo.54.pdf", "acl:2023.acl-demo.54"),
        ("https://www.aclweb.org/anthology/P19-1234/", "acl:p19-1234"),
        ("https://openreview.net/forum?id=AbCdEf1234", "openreview:AbCdEf1234"),
        ("https://openreview.net/pdf?id=AbCdEf1234", "openreview:AbCdEf1234"),
        ("https://www.usenix.org/conference/osdi22/presentation/yu", "usenix:osdi22/yu"),
        ("https://www.nature.com/articles/s41586-023-06291-2", "doi:10.1038/s41586-023-06291-2"),
        (
            "https://www.biorxiv.org/content/10.1101/2023.10.03.560734v1",
            "doi:10.1101/2023.10.03.560734",
        ),
        ("https://example.org/paper.pdf", None),
    ],
)
def test_every_form_of_a_link_names_the_same_work(url, name):
    assert identifier(url) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PowerInfer: Fast Serving with a GPU", "PowerInfer-2: Fast Serving with a GPU"),
        ("Learning to Rank Long Documents", "Learning to Rank Long Documents II"),
        ("A Study of Attention in Models", "A Study of Attention in Models v2"),
        ("A Study of Attention in Models", "Erratum: A Study of Attention in Models"),
        ("Supervised Learning of Long Things", "Unsupervised Learning of Long Things"),
        ("Efficient Training of Large Models", "Efficient Tuning of Large Models"),
        ("Part 1: Learning Rates of Networks", "Part 2: Learning Rates of Networks"),
    ],
)
def test_a_sequel_or_a_neighbour_is_another_work(one, other):
    assert not same_title(one, other)
    assert len(papers(f"- {one} (ICML 2020)\n", f"- {other} (ICML 2020)\n")) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Language Models are Few-Shot Learners", "GPT3: Language Models are Few-Shot Learners"),
        (
            "Specialized Heads Do the Lifting, the Rest",
            "Specialised Heads Do the Lifting, The Rest",
        ),
        ("Cross-layer Attention Sharing for Models", "Cross Layer Attention-Sharing for Models"),
        ("S$^{3}$: Increasing Utilization of a GPU", "S³: Increasing Utilization of a GPU"),
        ("The Analysis of Attention in BERT’s Heads", "Analysis of Attention in BERT's Heads"),
        ("An Analyis of Long Contexts in Models", "An Analysis of Long Contexts in Models"),
    ],
)
def test_the_same_title_written_otherwise_is_one_work(one, other):
    (paper,) = papers(f"- {one} (ICML 2020)\n", f"- {other} (ICML 2020)\n")
    assert len(paper.mentions) == 2


def test_the_same_title_by_other_people_is_another_work():
    lists = (
        "- A Title of a Work. Ann Li, Bob Roe. ICML 2020.\n",
        "- A Title of a Work. Cy Doe, Di Fox. ICML 2021.\n",
    )
    assert len(papers(*lists)) == 2


def test_a_renamed_work_is_one_by_its_identifier():
    lists = (
        "- [Old Name of the Great Work](https://arxiv.org/abs/2101.00001v1)\n",
        "- [New Name of the Great Work, Extended Further](https://arxiv.org/pdf/2101.00001)\n",
    )
    (paper,) = papers(*lists)
    assert paper.id == "arxiv:2101.00001"


def test_one_link_under_two_unlike_titles_is_reported_and_not_joined():
    lists = (
        "- [Graph Kernels Considered Harmful](https://arxiv.org/abs/2101.00001)\n",
        "- [Speech Synthesis from Whispered Audio](https://arxiv.org/abs/2101.00001)\n",
    )
    reading = join([parse(text, f"l{n}.md", this_year=2026) for n, text in enumerate(lists)])
    assert len(reading.papers) == 2
    assert len({paper.id for paper in reading.papers}) == 2
    assert "also the link of l0.md:1" in reading.problems[0].what


TITLES = st.lists(
    st.sampled_from(
        [
            "Attention is all you need",
            "Scaling laws for neural models",
            "Powerinfer for phones",
            "KV cache pages",
            "Long context by recurrence",
            "Sparse experts at scale",
            "A survey of pruning",
            "Quantized weights",
        ]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=60)
@given(TITLES, st.randoms(use_true_random=False))
def test_order_of_files_and_formatting_change_no_identity(titles, random):
    plain = [f"- {title} (ICML 2020)\n" for title in titles]
    dressed = [
        f"1.   **{t.upper() if random.random() < 0.5 else t}**  *ICML, 2020*\r\n" for t in titles
    ]
    random.shuffle(dressed)
    before, after = papers(*plain), papers(*dressed)
    assert {paper.id for paper in before} == {paper.id for paper in after}
    assert {p.id for p in papers(*plain, *dressed)} == {p.id for p in before}


@settings(max_examples=40)
@given(TITLES)
def test_joining_twice_gives_the_same(titles):
    parsed = [
        parse(f"- {title} (ICML 2020)\n", f"l{n}.md", this_year=2026)
        for n, title in enumerate(titles)
    ]
    assert join(parsed) == join(list(reversed(parsed)))
