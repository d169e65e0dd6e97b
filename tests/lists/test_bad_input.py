"""Whatever a file holds, reading ends soon: entries and reported lines, never a traceback."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperbot.errors import ListsError
from paperbot.lists import ParsedList, find_lists, join, parse, read_bytes, read_lists

LISTS = Path(__file__).parents[2] / "data" / "lists"


def read(data, name="a.md"):
    return parse(data, name, this_year=2026)


SUFFIXES = st.sampled_from([".md", ".txt", ".bib", ".csv", ".tsv", ".json", ".yaml", ".rst"])
MARKUP = st.text(alphabet="[](){}<>|*_`#>-\"'\\$:;,.!~=+@%^&\n\t aA1é中⭐", max_size=300)


@settings(max_examples=150)
@given(st.one_of(st.text(max_size=400), MARKUP), SUFFIXES)
def test_any_text_is_read_without_an_exception_and_twice_the_same(text, suffix):
    parsed = read(text, "a" + suffix)
    assert parsed == read(text, "a" + suffix)
    assert ParsedList.from_json(parsed.to_json()) == parsed
    join([parsed])


@settings(max_examples=60)
@given(st.binary(max_size=300), SUFFIXES)
def test_any_bytes_are_read_without_an_exception(data, suffix):
    read(data, "a" + suffix)


@settings(max_examples=60)
@given(st.data())
def test_a_mutated_real_list_is_read_without_an_exception(data):
    text = (LISTS / "llm-papers.md").read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text) - 1))
    size = data.draw(st.integers(0, 400))
    text = text[at : at + 3000]
    cut = data.draw(st.integers(0, len(text)))
    read(text[:cut] + data.draw(MARKUP) + text[cut + size :])


@pytest.mark.parametrize(
    "text",
    [
        "- " + "[" * 50_000,
        "- " + "(" * 90_000 + " title",
        "- Title of a work " + ":+1:" * 200_000,
        ">" * 10_000 + " a",
        "\n".join("  " * depth + "- a title of works" for depth in range(1500)),
        "- " * 10_000 + "a",
        "|a" * 20_000 + "\n" + "|-" * 20_000,
        "<table>\n" * 5_000,
        "<details><summary>A b c d (2020)" * 5_000,
        "- " + '"a b c, ' * 20_000,
        "**a*" * 20_000,
        "![a](" * 10_000,
        "- " + "word " * 2_100_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_end_in_time(text):
    began = time.process_time()
    join([read(text)])
    assert time.process_time() - began < 10


def test_what_is_cut_is_reported():
    deep = read("- [A Title of Works](https://arxiv.org/abs/2101.00001)\n" + ">" * 10_000 + " a")
    assert "nested too deeply" in deep.problems[0].what
    long = read("- word " * 2_000_000)
    assert "characters" in long.problems[0].what


def test_binary_wrong_encoding_and_conflicts_are_reported_with_what_to_do():
    assert read(b"\x00\x01\x02" * 100).problems[0].what == "a binary file, not a text"
    latin = read("1. [C1 2020] Dürer and Networks of Old\n".encode("latin-1"))
    assert latin.entries[0].title == "Dürer and Networks of Old"
    assert latin.problems[0].do == "save the file as UTF-8"
    conflict = read(
        "<<<<<<< HEAD\n- A Title (ICML 2020)\n=======\n- B Title (ICML 2021)\n>>>>>>> x\n"
    )
    assert [p.line for p in conflict.problems] == [1, 3, 5]
    assert [e.title for e in conflict.entries] == ["A Title", "B Title"]
    assert read("").problems[0].what == "an empty file"


def test_utf16_and_odd_hyphens_are_read():
    text = "- Time‑Series Decomposition of Gas Sensors (ICML 2020)\n"
    assert (
        read(text.encode("utf-16")).entries[0].title == "Time-Series Decomposition of Gas Sensors"
    )


def test_missing_and_unreadable_files_raise_one_clear_line(tmp_path):
    with pytest.raises(ListsError, match="no such folder · create it"):
        find_lists(tmp_path / "none")
    with pytest.raises(ListsError, match="check its name"):
        read_bytes(tmp_path / "none.md")
    with pytest.raises(ListsError, match=r"a\.md"):
        (tmp_path / "a.md").mkdir()
        read_bytes(tmp_path / "a.md")


def test_readmes_and_hidden_files_are_no_lists(tmp_path):
    for name in ("b.md", "a.txt", "README.md", ".hidden.md", "c.pdf", "d.bib"):
        (tmp_path / name).write_text("- A Title (ICML 2020)\n", encoding="utf-8")
    assert [path.name for path in find_lists(tmp_path)] == ["a.txt", "b.md", "d.bib"]
    assert len(read_lists(tmp_path, this_year=2026).entries) == 2


def test_a_large_collection_is_joined_in_linear_time():
    parsed = [
        read(
            "".join(
                f"- Title {n} of {k} by the long name of thing {n * k} (ICML 2020)\n"
                for k in range(100)
            ),
            f"l{n}.md",
        )
        for n in range(20)
    ]
    began = time.process_time()
    reading = join(parsed)
    assert time.process_time() - began < 2
    assert len(reading.papers) == 2000
