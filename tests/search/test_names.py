"""A paper is found by its name, however people write it."""

import pytest


def forms(name):
    return {
        name,
        name.lower(),
        f"the {name} paper",
        f"what is {name}",
        name.replace("-", " "),
        name.replace(" ", "").replace("-", "").casefold(),
    }


def test_every_nickname_finds_its_paper_first(real):
    papers = real._snapshot().catalogue.all_papers()
    missed = []
    for paper in papers:
        for asked in {form for alias in paper.aliases for form in forms(alias)}:
            answer = real.ask(asked, count=1)
            if answer.confidence == "nothing" or answer.hits[0].paper.id != paper.id:
                missed.append(asked)
    assert sum(bool(paper.aliases) for paper in papers) > 80
    assert missed == []


@pytest.mark.parametrize(
    ("asked", "title"),
    [("anything like megatronlm", "Megatron-LM"), ("llama2 vs GPT", "Llama 2")],
)
def test_a_name_run_together_is_known_inside_a_question(real, asked, title):
    answer = real.ask(asked, count=3)
    named = [answer.query.text, *(hit.paper.title for hit in answer.hits)]
    assert any(title in name for name in named)


def test_an_abbreviation_counts_as_what_it_stands_for(real):
    short = [hit.paper.id for hit in real.ask("MoE training", count=5).hits]
    spelt = [hit.paper.id for hit in real.ask("mixture of experts training", count=5).hits]
    assert len(set(short) & set(spelt)) >= 3


def test_a_paper_does_not_speak_for_those_like_it(real):
    """How near it is to itself says nothing of whether anything else is like it."""
    papers = real._snapshot().catalogue.all_papers()
    found = {real.similar(paper.id, count=1).confidence for paper in papers}
    assert found > {"close"}
