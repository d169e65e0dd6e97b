"""A paper is found by its name, however people write it."""

import pytest

from paperbot.errors import UnknownPaper


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


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("attention is all you need", "Transformer: Attention Is All You Need"),
        ("what does bert look at", "What does BERT look at?"),
    ],
)
def test_a_title_is_known_without_its_nickname_or_its_second_half(real, asked, title):
    first = real.ask(asked).hits[0]
    assert first.paper.title.startswith(title)
    assert first.why.startswith("is the paper you named")


def test_what_is_like_a_named_paper_follows_it(real):
    """ "Punica" is near to nothing; papers on serving many adapters are what to read beside it."""
    first, *others = real.ask("Punica", count=4).hits
    assert first.paper.title.startswith("Punica")
    assert all("LoRA" in hit.paper.title for hit in others[:2])
    assert all(hit.why.startswith("like Punica") for hit in others[:2])


def test_a_paper_is_found_by_the_words_that_its_title_alone_begins_with(real):
    assert real.paper("Deja Vu").title.startswith("Deja Vu: Contextual Sparsity")
    for beginning in ("Towards Sustainable Large", "Efficient Attention: Attention With"):
        assert real.paper(beginning).title.startswith(beginning)
    assert real.paper("Simplifying Transformer Blocks").title == "Simplifying Transformer Blocks"
    with pytest.raises(UnknownPaper):
        real.paper("Towards Efficient Nothing")


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("AIAYN", "Transformer: Attention Is All You Need"),
        (
            "I am looking for the TPA paper, the one behind the T6 model",
            "Tensor Product Attention Is All You Need",
        ),
        (
            "ToT paper, that one with the puzzles",
            "Tree of Thoughts: Deliberate Problem Solving with Large Language Models",
        ),
    ],
)
def test_a_paper_is_found_by_the_initials_of_its_title(real, asked, title):
    hit = real.ask(asked).hits[0]
    assert hit.paper.title == title
    assert "is the paper you named" in hit.why


def test_initials_are_written_in_capitals_and_lead_to_one_paper(tiny):
    assistant = tiny.open()

    def by_initials(letters):
        (found,) = assistant._snapshot().catalogue.look_up([letters])
        return found.initials

    row = assistant._snapshot().catalogue.row_of("Paging Attention Memory for Serving")
    assert by_initials("pamfs") == by_initials("pam") == row
    assert by_initials("pa") is None
    assert assistant.ask("PAMFS").hits[0].paper.title == "Paging Attention Memory for Serving"
    assert all("named" not in hit.why for hit in assistant.ask("pamfs").hits)
    tiny.write("## A\n1. Pruning All Models First\n", "more.md")
    assistant.refresh()
    assert by_initials("pam") is None
    assert by_initials("pamfs") is not None
