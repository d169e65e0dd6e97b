"""The human line of a hit: the strongest evidence, told as it is."""

import pytest

from paperbot.paper import Paper
from paperbot.search import weights
from paperbot.search.answer import Part
from paperbot.search.explain import Matches, why


def line(paper, *head, **parts):
    named = tuple(Part(name, value) for name, value in parts.items())
    return why(paper, named, Matches(head, (), (), False, None, False, None))


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (("serving", "caches"), "matches *serving* and its section KV Cache"),
        (("caches",), "stands under KV Cache"),
        (("serving",), "matches *serving*"),
        # The words of another form stand nowhere: no section may be named for them.
        (("llms",), "matches *llms*"),
        (("llms", "caches"), "matches *llms* and its section KV Cache"),
        ((), "close in meaning to the question"),
    ],
)
def test_a_section_is_named_only_for_words_that_stand_in_it(head, told):
    sections = (("Papers", "Interesting"), ("Papers", "KV Cache"))
    paper = Paper("x", "Serving Large Language Models", (), sections=sections)
    assert line(paper, *head, meaning=0.5) == told


def test_early_work_and_a_survey_are_told_where_they_gave_much():
    paper = Paper("x", "Attention", (), year=2017, kind="survey")
    strong = line(paper, "attention", early=weights.EARLY, survey=weights.SURVEY)
    assert strong == "matches *attention*; a survey to begin with; early work, from 2017"
    weak = line(paper, "attention", early=weights.EARLY / 2, survey=weights.SURVEY / 4)
    assert weak == "matches *attention*"
