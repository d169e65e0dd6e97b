"""Terms of the glossary that stand, word for word, in titles, nicknames and headings."""

from paperbot.indexing.held import TermFinder
from paperbot.paper import Paper

TERMS = ["early exit", "KV cache", "KV cache eviction", "cache", "exit strategies"]


def paper(title, **fields):
    return Paper(id=title, title=title, mentions=(), **fields)


def held(*papers):
    pairs = TermFinder(TERMS).pairs(enumerate(papers))
    return {(TERMS[term], row) for term, row in pairs.tolist()}


def test_a_term_is_held_however_its_words_are_joined():
    assert held(paper("EE-LLM: Early-Exit Models"), paper("kv cache")) == {
        ("early exit", 0),
        ("KV cache", 1),
        ("cache", 1),
    }


def test_a_term_does_not_reach_from_the_title_into_a_heading():
    assert held(paper("Reading Early", sections=(("Exit",),))) == set()
    assert held(paper("Reading", sections=(("Early Exit",),))) == {("early exit", 0)}


def test_a_paper_that_holds_a_term_comes_before_one_that_sounds_alike(real):
    """The plain question shares no word with "Early-Exit"; the concept's own term does."""
    titles = [hit.paper.title for hit in real.ask("easy words need not pass all layers").hits]
    assert any("Early-Exit" in title or "Early Exit" in title for title in titles[:3])
