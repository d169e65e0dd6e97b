"""Reading paths: what is chosen, the order it is read in, and the reason given for each step."""

import pytest

from paperbot.paper import Mention, Paper
from paperbot.search import weights
from paperbot.search.answer import Answer, Hit, Part, Query
from paperbot.search.path import LEAST_SHARE, MOST, reading_path


def hit(title, relevance, year=None, *, kind="paper", citations=None, order=0, **parts):
    paper = Paper(
        id=title,
        title=title,
        mentions=(Mention("list.md", order + 1, order, title, ()),),
        year=year,
        kind=kind,
        citations=citations,
    )
    every = {"meaning": relevance, **{name.replace("_", " "): v for name, v in parts.items()}}
    named = tuple(Part(name, value) for name, value in every.items())
    return Hit(1, paper, sum(every.values()), named, "close in meaning to the question")


def path(*hits):
    return reading_path(Answer(Query("x", "x"), "x", "close", hits, len(hits))).steps


def titles(steps, stage=None):
    return [step.hit.paper.title for step in steps if stage in (None, step.stage)]


def test_a_path_goes_from_the_survey_over_groundwork_by_year_to_the_newest():
    steps = path(
        hit("new", 0.9, 2024),
        hit("old", 0.8, 2014),
        hit("survey", 0.75, 2023, kind="survey", survey=0.1),
        hit("older", 0.7, 2009),
        hit("middle", 0.7, 2017),
        hit("newer", 0.7, 2025),
    )
    assert [(s.stage, s.hit.paper.title) for s in steps] == [
        ("survey", "survey"),
        ("groundwork", "older"),
        ("groundwork", "old"),
        ("groundwork", "middle"),
        ("newest", "new"),
        ("newest", "newer"),
    ]


def test_a_path_is_a_week_of_evenings_and_takes_the_most_relevant():
    steps = path(*(hit(f"{i}", 0.9 - i / 100, 2000) for i in range(30)))
    assert sorted(titles(steps), key=int) == [str(i) for i in range(MOST)]


def test_fame_does_not_choose_a_step():
    famous = hit("famous", 0.5, 2017, citations=100_000, groundwork=weights.GROUNDWORK, stars=0.045)
    steps = path(*(hit(f"{i}", 0.55, 2018) for i in range(MOST)), famous)
    assert "famous" not in titles(steps)


def test_a_path_does_not_wander_from_the_topic():
    steps = path(hit("close", 0.9, 2020), hit("far", 0.9 * LEAST_SHARE - 0.01, 2024))
    assert titles(steps) == ["close"]


def test_a_survey_opens_the_path_though_others_are_closer():
    others = [hit(f"{i}", 0.9, 2000 + i) for i in range(10)]
    steps = path(*others, hit("survey", 0.75, 2010, kind="survey"))
    assert titles(steps)[0] == "survey"
    assert len(steps) == MOST


def test_a_survey_of_something_else_does_not_open_the_path():
    others = [hit(f"{i}", 0.9, 2000 + i) for i in range(10)]
    steps = path(*others, hit("other survey", 0.6, 2010, kind="survey"))
    assert "other survey" not in titles(steps)


def test_where_no_survey_or_year_is_known_the_list_s_own_order_is_kept():
    steps = path(*(hit(f"{order}", 0.9 - order / 50, order=-order) for order in range(5)))
    assert titles(steps) == ["4", "3", "2", "1", "0"]
    assert {step.stage for step in steps} == {"groundwork"}


def test_what_a_list_gives_to_beginners_comes_first_of_the_groundwork():
    steps = path(
        hit("a", 0.8, 2001),
        hit("b", 0.8, 2002, for_beginners=weights.TEACHING),
        hit("c", 0.8, 2003),
    )
    assert titles(steps) == ["b", "a", "c"]
    assert "beginners" in steps[0].reason


def test_the_newest_of_about_the_same_relevance_ends_the_path():
    steps = path(*(hit(f"{i}", 0.9, 2010) for i in range(MOST)), hit("newer", 0.85, 2024))
    assert titles(steps)[-1] == "newer"
    assert len(steps) == MOST


def test_the_newest_does_not_replace_what_is_clearly_closer():
    steps = path(*(hit(f"{i}", 0.9, 2010) for i in range(MOST)), hit("newer", 0.7, 2024))
    assert "newer" not in titles(steps)


def test_papers_of_one_year_have_no_newest_among_them():
    steps = path(*(hit(f"{i}", 0.9, 2020) for i in range(6)))
    assert {step.stage for step in steps} == {"groundwork"}


def test_a_much_cited_step_says_so():
    classic = hit("classic", 0.9, 2017, citations=100_000, groundwork=weights.GROUNDWORK)
    assert "100,000 citations" in path(classic)[0].reason


def test_no_hits_make_no_path():
    assert path() == ()


@pytest.mark.parametrize("topic", ["speculative decoding", "mixture of experts", "quantization"])
def test_every_step_of_a_real_path_has_a_reason_and_stages_do_not_mix(real, topic):
    steps = real.path(topic).steps
    assert 1 <= len(steps) <= MOST
    assert all(step.reason for step in steps)
    order = ["survey", "groundwork", "newest"]
    stages = [order.index(step.stage) for step in steps]
    assert stages == sorted(stages)
