"""Filters and wishes: read from the words, shown back, and true of every paper of the answer."""

import pytest


@pytest.mark.parametrize(
    ("topic", "wanted", "shown", "holds"),
    [
        ("quantization", "since 2024", "since 2024", lambda p: (p.year or 0) >= 2024),
        ("attention", "before 2020", "until 2019", lambda p: (p.year or 9999) < 2020),
        ("attention", "in 2019", "2019", lambda p: p.year == 2019),
        ("attention", "not from 2024", "not from 2024", lambda p: p.year != 2024),
        ("agents", "surveys", "only surveys", lambda p: p.kind == "survey"),
        ("agents", "no surveys", "no surveys", lambda p: p.kind != "survey"),
        ("serving", "from OSDI", "from OSDI", lambda p: p.venue == "OSDI"),
        ("inference", "starred", "starred", lambda p: p.stars > 0),
        (
            "attention",
            "with at least 100 citations",
            "at least 100 citations",
            lambda p: (p.citations or 0) >= 100,
        ),
        (
            "attention",
            "with at most 5 citations",
            "at most 5 citations",
            lambda p: p.citations is not None and p.citations <= 5,
        ),
    ],
)
def test_a_filter_is_shown_back_and_holds_for_every_hit(real, topic, wanted, shown, holds):
    asked = f"{wanted} on {topic}" if wanted.endswith("surveys") else f"{topic} {wanted}"
    answer = real.ask(asked, count=20)
    assert shown in answer.understood
    assert answer.hits
    assert all(holds(hit.paper) for hit in answer.hits)
    assert not all(holds(hit.paper) for hit in real.ask(topic, count=50).hits)


def test_what_an_answer_is_not_to_be_about_is_left_out_and_shown(real):
    answer = real.ask("attention, not about vision", count=100)
    assert "not about vision" in answer.understood
    left_out = {hit.paper.title for hit in real.ask("attention", count=100).hits} - {
        hit.paper.title for hit in real.ask("attention, not about vision", count=100).hits
    }
    assert any("Vision" in title for title in left_out)


@pytest.mark.parametrize(
    ("wish", "shown", "first", "measure"),
    [
        ("recent", "recent first", 10, lambda p: p.year or 0),
        ("highly cited", "highly cited first", 3, lambda p: p.citations or 0),
    ],
)
def test_a_wish_moves_what_it_is_for_forward_and_filters_nothing(real, wish, shown, first, measure):
    plain = real.ask("papers on attention", count=10)
    wished = real.ask(f"{wish} papers on attention", count=10)
    assert shown in wished.understood
    assert wished.total == plain.total

    def sum_of_first(answer):
        return sum(measure(hit.paper) for hit in answer.hits[:first])

    assert sum_of_first(wished) > sum_of_first(plain)


def test_so_many_papers_as_were_asked_for(real):
    answer = real.ask("three papers on attention")
    assert "3 papers" in answer.understood
    assert len(answer.hits) == 3
