"""The lab's tags: what each of their shapes says."""

import pytest

from paperbot.lists import parse

HEAD = (
    "**S**\n1. [C1 2020] A First Title\n2. [C2 2020] A Second Title\n3. [C3 2020] A Third Title\n"
)


def entry(line):
    parsed = parse(HEAD + line + "\n", "a.md", this_year=2026)
    return parsed.entries[3], parsed.problems


@pytest.mark.parametrize(
    ("tag", "citations", "year", "venue"),
    [
        ("[C60 2024 USENIX]", 60, 2024, "USENIX"),
        ("[C8 Y2024]", 8, 2024, None),
        ("[C2-24]", 2, 2024, None),
        ("[C24]", 24, None, None),
        ("[C2007 2019]", 2007, 2019, None),
        ("[2025]", None, 2025, None),
        ("[2027]", None, 2027, None),
        ("[2028]", 2028, None, None),
        ("[2579]", 2579, None, None),
        ("[1719 2022]", 1719, 2022, None),
        ("[29 2024]", 29, 2024, None),
        ("[NVIDIA 1868]", 1868, None, None),
        ("[C9 ISCA 2024]", 9, 2024, "ISCA"),
        ("[C10395 0221]", 10395, None, None),
        ("[C0 2024]", 0, 2024, None),
    ],
)
def test_citations_year_and_venue_of_a_tag(tag, citations, year, venue):
    read, _ = entry(f"4. {tag} XLNet: A Fourth Title")
    assert (read.citations, read.year, read.venue) == (citations, year, venue)
    assert read.title == "XLNet: A Fourth Title"


def test_pages_kind_alias_and_label():
    assert entry("4. [P 58] A Fourth Title")[0].pages == 58
    assert entry("4. [Blog] A Fourth Title")[0].kind == "blog"
    assert entry("4. [C1 XLNet 2020] XLNet: A Fourth Title")[0].aliases == ("XLNet",)
    read, problems = entry("4. [C1 2024 wei] A Fourth Title")
    assert read.labels == ("wei",)
    assert "wei" in problems[0].what


def test_a_star_counts_once_however_often_it_stands():
    assert entry("4. [C1 2024] A Fourth Title :+1: :+1:")[0].stars == 1
    assert entry("4. [C1 2024] A Fourth Title")[0].stars == 0


def test_an_affiliation_is_a_label_without_report():
    read, problems = entry("4. [NVIDIA 1868] A Fourth Title")
    assert (read.labels, problems) == (("NVIDIA",), ())
