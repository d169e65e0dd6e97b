"""paperbot's own Markdown: what is written is read again, every field of every entry."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbot.lists import parse
from paperbot.lists.canonical.writing import entries_text, list_text
from paperbot.lists.values import Entry, LooseNote, ParsedList
from paperbot.paper import Link, Note, Section

ROOT = Path(__file__).parents[2]

SHIPPED = sorted((ROOT / "data" / "lists").glob("*.md"))
OUTSIDE = os.environ.get("PAPERBOT_BENCH_DATA")
PUBLIC = sorted(Path(OUTSIDE, "lists", "public").glob("*")) if OUTSIDE else []
OWN = [ROOT / "tests" / "lists" / "shapes" / "shapes.md"]


def told(parsed):
    """All that a list says, without the lines on which it stands."""
    return (
        (parsed.title, parsed.date, parsed.permalink),
        [
            (replace(e, file="", line=0, keys=(), notes=()), [n.text for n in e.notes])
            for e in parsed.entries
        ],
        [(s.path, s.introduction, s.order) for s in parsed.sections],
        [(n.heading, n.note.text, n.stars) for n in parsed.notes],
    )


def again(parsed):
    return parse(list_text(parsed).encode("utf-8", "surrogatepass"), "a.md", this_year=2026)


@pytest.mark.parametrize("path", [*SHIPPED, *OWN, *PUBLIC], ids=lambda path: path.name)
def test_a_list_survives_export_and_reading_without_loss(path):
    parsed = parse(path.read_bytes(), path.name, this_year=2026)
    back = again(parsed)
    assert told(back) == told(parsed)
    assert [e.keys for e in back.entries] == [e.keys for e in parsed.entries]
    assert back.problems == ()
    assert list_text(back) == list_text(parsed)


@pytest.mark.skipif(not PUBLIC, reason="PAPERBOT_BENCH_DATA names no public lists")
def test_the_public_lists_are_among_them():
    assert len(PUBLIC) >= 10


WORDS = st.text(min_size=1, max_size=12)
TEXTS = st.text(max_size=30)
PATHS = [("A",), ("A", "B *c*"), ("A", "B *c*", "#"), (" D > E ",)]
LINKS = st.builds(Link, st.sampled_from(["paper", "code", "other"]), st.text(max_size=20))
ENTRIES = st.builds(
    Entry,
    title=WORDS,
    file=st.just(""),
    line=st.just(0),
    aliases=st.lists(TEXTS, max_size=2).map(tuple),
    authors=st.lists(TEXTS, max_size=3).map(tuple),
    year=st.integers(1900, 2027),
    year_derived=st.booleans(),
    venue=st.none() | TEXTS,
    citations=st.none() | st.integers(0, 10**6),
    stars=st.integers(0, 1),
    pages=st.none() | st.integers(1, 999),
    labels=st.lists(TEXTS, max_size=2).map(tuple),
    kind=st.sampled_from(["paper", "survey", "blog", "other"]),
    section=st.sampled_from([(), *PATHS]),
    links=st.lists(LINKS, max_size=2).map(tuple),
    notes=st.lists(st.builds(Note, TEXTS, st.just(""), st.just(0)), max_size=2).map(tuple),
)


@given(
    entries=st.lists(ENTRIES, max_size=5),
    introductions=st.lists(st.none() | TEXTS, min_size=len(PATHS), max_size=len(PATHS)),
    notes=st.lists(st.builds(LooseNote, WORDS, st.builds(Note, TEXTS, st.just(""), st.just(0)),
                             st.integers(0, 1)), max_size=2),
    title=st.none() | WORDS,
    permalink=st.none() | WORDS,
)  # fmt: skip
@settings(max_examples=150)
def test_any_words_survive(entries, introductions, notes, title, permalink):
    """Whatever characters titles, names, notes and URLs hold: marks, blanks, line ends, controls."""
    sections = [
        Section(path, words, at, "", 0)
        for at, (path, words) in enumerate(zip(PATHS, introductions, strict=True))
    ]
    parsed = ParsedList("a.md", tuple(entries), tuple(sections), tuple(notes),
                        title=title or "A", permalink=permalink)  # fmt: skip
    assert told(again(parsed)) == told(parsed)


def test_an_answer_keeps_its_order_and_every_section_of_a_paper():
    first = Entry("Second of the List", "a.md", 9, section=("B",))
    second = Entry("First of the List", "a.md", 3, section=("A",))
    text = entries_text([(first, [("B",), ("C", "D")]), (second, [("A",)])], "what to read?")
    back = parse(text, "answer.md", this_year=2026)
    assert [(e.title, e.section) for e in back.entries] == [
        ("Second of the List", ("B",)),
        ("Second of the List", ("C", "D")),
        ("First of the List", ("A",)),
    ]
    assert back.title == "what to read?"


def test_what_people_add_in_another_shape_is_read_too():
    text = """---
paperbot: 1
---

# Caches

- **A Title of paperbot's Own**
  - year: 2024
  - colour: green
- [A Title Added by Hand](https://arxiv.org/abs/2101.00001), ICML 2021

Some words of a person.

## Deeper
1. "Another One by Hand", NeurIPS 2020 [[paper]](https://arxiv.org/abs/2006.00002)
"""
    parsed = parse(text, "a.md", this_year=2026)
    assert [(e.title, e.year, e.section, e.line) for e in parsed.entries] == [
        ("A Title of paperbot's Own", 2024, ("Caches",), 7),
        ("A Title Added by Hand", 2021, ("Caches",), 10),
        ("Another One by Hand", 2020, ("Caches", "Deeper"), 15),
    ]
    assert [(p.line, "colour" in p.what) for p in parsed.problems] == [(9, True)]
    assert parsed.sections[0].introduction == "Some words of a person."


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    parsed = parse(SHIPPED[0].read_bytes(), "a.md", this_year=2026)
    raw = b"\xef\xbb\xbf" + list_text(parsed).encode().replace(b"\n", b"\r\n")
    assert told(parse(raw, "a.md", this_year=2026)) == told(parsed)
