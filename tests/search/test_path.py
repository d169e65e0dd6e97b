"""Reading paths: what is chosen, the order it is read in, and the reason given for each step."""

import pytest

from paperbot.paper import Mention, Paper
from paperbot.search import weights
from paperbot.search.answer import Answer, Hit, Part, Query
from paperbot.search.path import LEAST_SHARE, MOST, lay_out


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


def laid(*hits, count=None):
    return lay_out(Answer(Query("x", "x", count=count), "x", "close", hits, len(hits))).hits


def path(*hits):
    return [hit for hit in laid(*hits) if hit.step]


def titles(hits):
    return [hit.paper.title for hit in hits]


def test_a_path_goes_from_the_survey_over_groundwork_by_year_to_the_newest():
    steps = path(
        hit("new", 0.9, 2024),
        hit("old", 0.8, 2014),
        hit("survey", 0.75, 2023, kind="survey", survey=0.1),
        hit("older", 0.7, 2009),
        hit("middle", 0.7, 2017),
        hit("newer", 0.7, 2025),
    )
    assert [(hit.step.stage, hit.paper.title) for hit in steps] == [
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
    assert {hit.step.stage for hit in steps} == {"groundwork"}


def test_what_a_list_gives_to_beginners_comes_first_of_the_groundwork():
    steps = path(
        hit("a", 0.8, 2001),
        hit("b", 0.8, 2002, for_beginners=weights.TEACHING),
        hit("c", 0.8, 2003),
    )
    assert titles(steps) == ["b", "a", "c"]
    assert "beginners" in steps[0].step.reason


def test_the_newest_of_about_the_same_relevance_ends_the_path():
    steps = path(*(hit(f"{i}", 0.9, 2010) for i in range(MOST)), hit("newer", 0.85, 2024))
    assert titles(steps)[-1] == "newer"
    assert len(steps) == MOST


def test_the_newest_does_not_replace_what_is_clearly_closer():
    steps = path(*(hit(f"{i}", 0.9, 2010) for i in range(MOST)), hit("newer", 0.7, 2024))
    assert "newer" not in titles(steps)


def test_papers_of_one_year_have_no_newest_among_them():
    steps = path(*(hit(f"{i}", 0.9, 2020) for i in range(6)))
    assert {hit.step.stage for hit in steps} == {"groundwork"}


def test_a_much_cited_step_says_so():
    classic = hit("classic", 0.9, 2017, citations=100_000, groundwork=weights.GROUNDWORK)
    assert "100,000 citations" in path(classic)[0].step.reason


def test_no_hits_make_no_path():
    assert path() == []


@pytest.mark.parametrize("topic", ["speculative decoding", "mixture of experts", "quantization"])
def test_every_step_of_a_real_path_has_a_reason_and_stages_do_not_mix(real, topic):
    steps = real.path(topic).hits
    assert 1 <= len(steps) <= MOST
    assert all(hit.step.reason for hit in steps)
    order = ["survey", "groundwork", "newest"]
    stages = [order.index(hit.step.stage) for hit in steps]
    assert stages == sorted(stages)


def test_what_is_no_step_follows_in_the_order_of_the_ranking():
    hits = laid(*(hit(f"{i}", 0.9 - i / 50, 2020 - i) for i in range(12)))
    assert [hit.rank for hit in hits] == list(range(1, 13))
    assert [hit.step is None for hit in hits] == [False] * MOST + [True] * (12 - MOST)
    assert titles(hits[MOST:]) == [str(i) for i in range(MOST, 12)]


def test_a_path_is_as_short_as_was_asked_for():
    hits = laid(*(hit(f"{i}", 0.9 - i / 100, 2020 - i) for i in range(9)), count=3)
    assert titles(hits)[:3] == ["2", "1", "0"]
    assert sum(hit.step is not None for hit in hits) == 3


def test_where_do_i_start_is_answered_with_a_path_page_by_page(real):
    asked = "where do I start with quantization?"
    whole = real.ask(asked, laid_out=True)
    assert [hit.paper for hit in whole.hits] == [hit.paper for hit in real.path(asked).hits]
    assert all(hit.step for hit in whole.hits)
    following = real.next_page(whole, laid_out=True)
    ranked = {hit.paper.id for hit in real.ask(asked, count=12).hits}
    shown = [hit.paper.id for hit in (*whole.hits, *following.hits)]
    assert len(set(shown)) == len(shown) == len(whole.hits) + 5
    assert ranked <= {*shown, *(h.paper.id for h in real.next_page(following, laid_out=True).hits)}
    assert not any(hit.step for hit in real.ask(asked).hits)


def test_a_page_of_a_path_says_each_stage_once(real):
    staged = real.ask("where do I start with speculative decoding?", count=12, laid_out=True).staged
    said = [above for above, _ in staged if above]
    assert len(said) == len(set(said)) > 1
    assert said[-1] == "Beside the path"
