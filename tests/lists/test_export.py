"""Lists for other programs: BibTeX, CSV and JSON hold each work once, in the order asked for."""

import csv
import io
import json
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from paperbot.errors import UsageError
from paperbot.lists import join, parse
from paperbot.lists.export.items import in_list_order, of_section
from paperbot.lists.export.task import export_lists, export_papers, format_of, read_named

ROOT = Path(__file__).parents[2]
YEAR = 2026


@pytest.fixture(scope="module")
def lists():
    return read_named(ROOT / "data" / "lists", [], this_year=YEAR)


@pytest.fixture(scope="module")
def papers(lists):
    return in_list_order(join(lists))


def test_every_work_stands_once_in_list_order(lists, papers):
    assert len(papers) == 186
    text = export_lists(lists, "json").text
    records = json.loads(text)["papers"]
    assert [record["title"] for record in records] == [paper.title for paper in papers]
    places = [(record["file"], record["line"]) for record in records]
    assert places == sorted(places)
    assert records[0]["sections"][0] == ["Survey"]


def test_bibtex_is_read_by_bibtexparser_under_keys_of_their_own(lists, papers):
    library = parse_string(export_lists(lists, "bibtex").text)
    assert library.failed_blocks == []
    assert len({entry.key.lower() for entry in library.entries}) == len(papers)


def test_bibtex_is_read_again_by_paperbot(lists, papers):
    back = parse(export_lists(lists, "bibtex").text, "a.bib", this_year=YEAR)
    assert back.problems == ()
    assert [entry.title for entry in back.entries] == [paper.title for paper in papers]
    assert [entry.year for entry in back.entries] == [paper.year for paper in papers]
    assert [entry.venue for entry in back.entries] == [paper.venue for paper in papers]
    kinds = [paper.kind if paper.kind != "blog" else "other" for paper in papers]
    assert [entry.kind for entry in back.entries] == kinds


def test_signs_that_latex_takes_for_its_own_survive():
    text = "# A\n- [R&D: 100% of a_b #1 {x} at $5](https://arxiv.org/abs/2001.00001)\n"
    parsed = parse(text, "a.md", this_year=YEAR)
    out = export_lists([parsed], "bibtex").text
    assert r"R\&D: 100\% of a\_b \#1" in out
    back = parse(out, "a.bib", this_year=YEAR)
    assert "R&D: 100% of a_b #1" in back.entries[0].title
    assert back.entries[0].links[0].url == "https://arxiv.org/abs/2001.00001"


def test_csv_has_a_row_a_work_and_is_read_again(lists, papers):
    text = export_lists(lists, "csv").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Title"] for row in rows] == [paper.title for paper in papers]
    assert rows[0]["Citations"] == "60"
    assert rows[2]["Citations"] == ""
    back = parse(text, "a.csv", this_year=YEAR)
    assert [e.title for e in back.entries] == [paper.title for paper in papers]
    assert [e.citations for e in back.entries] == [paper.citations for paper in papers]


def test_a_section_keeps_its_order(lists):
    papers = of_section(join(lists), "Parameter-Efficient Fine-Tuning (PEFT)")
    assert [paper.title[:12] for paper in papers][:3] == [
        "Delta Tuning", "Parameter-Ef", "Prefix-Tunin",
    ]  # fmt: skip
    assert len(papers) == 10


def test_a_section_holds_those_below_it(lists):
    whole = of_section(join(lists), "LLM Papers We Recommend to Read")
    assert len(whole) == 71


def test_an_unknown_section_names_the_nearest(lists):
    with pytest.raises(UsageError, match="KV Cache"):
        of_section(join(lists), "KV Cash")


def test_markdown_of_all_lists_makes_the_same_papers_again(lists, papers):
    text = export_lists(lists, "markdown").text
    back = {paper.title: paper for paper in join([parse(text, "all.md", this_year=YEAR)]).papers}
    assert len(back) == 186
    for paper in papers:
        found = back[paper.title]
        assert (found.year, found.venue, found.citations, found.kind) == (
            paper.year, paper.venue, paper.citations, paper.kind,
        )  # fmt: skip
        assert found.sections == paper.sections
        assert {link.url for link in found.links} == {link.url for link in paper.links}
        assert {note.text for note in found.notes} == {note.text for note in paper.notes}


def test_an_order_given_is_kept_in_every_format(papers):
    chosen = [papers[5], papers[100], papers[2]]
    titles = [paper.title for paper in chosen]
    for form, name in (("markdown", "a.md"), ("bibtex", "a.bib"), ("csv", "a.csv")):
        text = export_papers(chosen, form, title="what to read").text
        entries = parse(text, name, this_year=YEAR).entries
        assert list(dict.fromkeys(entry.title for entry in entries)) == titles
    record = json.loads(export_papers(chosen, "json").text)
    assert [one["title"] for one in record["papers"]] == titles


def test_the_format_is_told_by_the_file():
    assert format_of(None, Path("a.bib")) == "bibtex"
    assert format_of("csv", Path("a.bib")) == "csv"
    assert format_of(None, None) == "markdown"
    with pytest.raises(UsageError, match="markdown, bibtex, csv, json"):
        format_of("xml", None)


def test_a_list_is_named_with_or_without_its_suffix():
    folder = ROOT / "data" / "lists"
    for name in ("llm-papers.md", "llm-papers", "LLM-Papers"):
        assert [one.name for one in read_named(folder, [name], this_year=YEAR)] == ["llm-papers.md"]
    with pytest.raises(UsageError, match=r"There are: llm-internals\.md"):
        read_named(folder, ["nope"], this_year=YEAR)
