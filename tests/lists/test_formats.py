"""BibTeX, CSV, JSON, YAML and reStructuredText lists, and exports of other programs."""

import json

from paperbot.lists import parse


def read(text, name):
    return parse(text, name, this_year=2026)


def test_bibtex_gives_titles_people_venue_and_identifiers():
    text = r"""
@inproceedings{v17, title = {Attention Is {All} You Need},
  author = {Vaswani, Ashish and Noam Shazeer and others}, booktitle = {NeurIPS}, year = 2017,
  eprint = {1706.03762}, archivePrefix = {arXiv}, keywords = {attention, seq2seq}}
@article{broken, title = {Half
@phdthesis{k, title={D{\"u}rer and {BERT} for $\alpha$}, author={M{\"u}ller, K.}, year={2020}}
"""
    parsed = read(text, "a.bib")
    first, thesis = parsed.entries
    assert first.title == "Attention Is All You Need"
    assert first.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert (first.year, first.venue, first.labels) == (2017, "NeurIPS", ("attention", "seq2seq"))
    assert first.links[0].url == "https://arxiv.org/abs/1706.03762"
    assert (thesis.title, thesis.kind) == ("Dürer and BERT for α", "thesis")
    assert [(p.line, p.what) for p in parsed.problems] == [
        (5, "a BibTeX entry that cannot be read")
    ]


def test_a_zotero_table_is_read_by_its_own_columns():
    text = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Abstract Note"\n'
        '"A","journalArticle","2021","Li, Ann; Ray, Bob","A Title, With Comma","Nature",'
        '"10.1038/s41586-021-1","","An abstract\nover lines."\n'
        '"B","conferencePaper","2020","Roe, Jo","Second Title","ICML","","https://arxiv.org/abs/2001.00001",""\n'
    )
    first, second = read(text, "z.csv").entries
    assert (first.title, first.year, first.venue) == ("A Title, With Comma", 2021, "Nature")
    assert first.authors == ("Ann Li", "Bob Ray")
    assert first.note == "An abstract over lines."
    assert (first.line, second.line) == (2, 4)


def test_a_lab_table_with_tabs():
    text = "Paper\tWhere\tLink\nA Title of Work\tICML 2020\thttps://arxiv.org/abs/2001.00001\n"
    (entry,) = read(text, "a.tsv").entries
    assert (entry.title, entry.year, entry.venue) == ("A Title of Work", 2020, "ICML")
    assert entry.links[0].role == "paper"


def test_a_semantic_scholar_export():
    record = {
        "title": "Deep Things",
        "authors": [{"name": "A B"}],
        "year": 2020,
        "venue": "ICML",
        "citationCount": 33,
        "externalIds": {"ArXiv": "2001.00001"},
        "openAccessPdf": {"url": "https://arxiv.org/pdf/2001.00001"},
        "tldr": {"text": "It is deep."},
    }
    (entry,) = read(json.dumps({"data": [record]}, indent=1), "s.json").entries
    assert (entry.authors, entry.year, entry.venue) == (("A B",), 2020, "ICML")
    assert (entry.title, entry.citations, entry.note) == ("Deep Things", 33, "It is deep.")
    assert entry.links[0].url == "https://arxiv.org/abs/2001.00001"
    assert entry.line == 3


def test_zotero_csl_json():
    record = {
        "title": "Other Things",
        "issued": {"date-parts": [[2019, 1]]},
        "author": [{"family": "Fam", "given": "Giv"}],
        "container-title": "JMLR",
        "DOI": "10.1000/xyz",
    }
    (entry,) = read(json.dumps([record]), "s.json").entries
    assert (entry.year, entry.venue, entry.authors) == (2019, "JMLR", ("Giv Fam",))


def test_yaml_with_sections_and_nested_works():
    text = """Compilers:
- title: First Work of Art
  author: Knuth
  year: 1970
  url: https://dl.acm.org/doi/10.1145/1.2
  related:
  - title: Second Work of Art
    year: 1971
"""
    first, second = read(text, "l.yml").entries
    assert (first.title, first.year, first.section, first.line) == (
        "First Work of Art",
        1970,
        ("Compilers",),
        2,
    )
    assert (second.title, second.line) == ("Second Work of Art", 7)


def test_restructuredtext_headings_links_and_list_tables():
    text = """=======
My List
=======

Surveys
-------
* `A Survey of Things <https://arxiv.org/abs/2101.00001>`_, 2021

.. list-table::
   :header-rows: 1

   * - Title
     - Venue
   * - `Big Paper about Stuff <https://arxiv.org/abs/2202.00002>`__
     - ICML 2022
"""
    survey, paper = read(text, "r.rst").entries
    assert (survey.title, survey.kind, survey.section) == (
        "A Survey of Things",
        "survey",
        ("My List", "Surveys"),
    )
    assert (paper.title, paper.year, paper.line) == ("Big Paper about Stuff", 2022, 14)


def test_broken_files_are_reported_with_their_line():
    assert read('[{"title": ', "a.json").problems[0].line == 1
    assert read("a: [b\nc: }", "a.yaml").problems[0].what.startswith("not YAML")
    assert read("1,2\n3,4\n", "a.csv").problems[0].do.startswith("name the columns")
