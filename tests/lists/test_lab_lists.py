"""The three lists that come with the project are read exactly: golden files, checked by eye."""

import sys
from datetime import date
from pathlib import Path

import pytest

from paperbot.lists import join, parse, read_lists

sys.path.insert(0, str(Path(__file__).parent / "golden"))
from make import LISTS, NAMES, rows  # type: ignore[import-not-found]

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def reading():
    return read_lists(LISTS, this_year=2026)


@pytest.fixture(scope="module")
def papers(reading):
    return {paper.title: paper for paper in reading.papers}


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_read_as_the_golden_file_says(name):
    golden = (GOLDEN / name).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    assert rows(name) == golden


def test_122_47_and_71_entries_make_186_papers(reading):
    counts = [sum(e.file == name for e in reading.entries) for name in NAMES]
    assert counts == [122, 47, 71]
    assert len(reading.papers) == 186
    assert sum(len(paper.mentions) for paper in reading.papers) == 240
    assert len({paper.id for paper in reading.papers}) == 186


def test_each_doubtful_line_is_reported_with_its_place(reading):
    places = [(p.file, p.line) for p in reading.problems]
    assert places == [("llm-papers.md", n) for n in (31, 113, 244, 244)]
    assert "wei" in reading.problems[0].what
    assert "0221" in reading.problems[1].what


def test_the_same_work_with_and_without_its_nickname_is_one_paper(papers):
    paper = papers["Language Models are Few-Shot Learners"]
    assert "GPT3" in paper.aliases
    assert (paper.citations, paper.citations_as_of) == (38517, date(2024, 12, 15))
    assert (paper.year, paper.year_derived) == (2020, False)
    assert [m.file for m in paper.mentions] == [
        "llm-internals.md",
        "llm-papers.md",
        "llm-recommended.md",
    ]


def test_a_sequel_is_a_work_of_its_own(papers):
    assert "Powerinfer-2: fast large language model inference on a smartphone" in papers
    first = papers["PowerInfer: Fast Large Language Model Serving with a Consumer-grade GPU"]
    assert len(first.mentions) == 3


def test_a_list_and_its_copy_star_a_paper_once(papers):
    assert papers["Massive Activations in Large Language Models"].stars == 1
    assert len(papers["Massive Activations in Large Language Models"].mentions) == 2


def test_a_star_in_a_note_heading_counts_once(papers):
    title = "Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention"
    assert papers[title].stars == 1


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("GPT Understands,Too", "trainable continuous prompt"),
        (
            "Transformer-XL: Attentive Language Models Beyond a Fixed-Length Context",
            "hidden states",
        ),
        ("Tensor Product Attention Is All You Need", "factorised Q, K, V"),
        ("Efficient Attention: Attention With Linear Complexities", "dmodel * dmodel"),
        ("Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention", "Q"),
        ("Demystify Mamba in Vision: A Linear Attention Perspective", "unified formulation"),
        ("MoEfication: Transformer Feed-forward Layers are Mixtures of Experts", "the paper"),
    ],
)
def test_notes_find_their_paper_by_its_title(papers, title, words):
    assert any(words in note.text for note in papers[title].notes)


def test_notes_hold_neither_images_nor_html(reading):
    notes = [note.text for paper in reading.papers for note in paper.notes]
    assert notes
    assert not any("<img" in text or "user-attachments" in text for text in notes)


def test_introductions_belong_to_their_sections(reading):
    intro = {(s.file, s.path[-1:]): s.introduction for s in reading.sections}
    assert "highly recommend" in intro["llm-recommended.md", ("LLM Papers We Recommend to Read",)]
    assert "prefix-sharing" in intro["llm-recommended.md", ("LLM Serving System",)]
    assert intro["llm-papers.md", ()].startswith("There are far more LLM papers")


def test_joining_does_not_depend_on_the_order_of_the_lists():
    parsed = [parse((LISTS / n).read_bytes(), n, this_year=2026) for n in NAMES]
    assert join(parsed) == join(parsed[::-1])


def test_windows_line_ends_and_a_byte_order_mark_change_nothing():
    name = NAMES[0]
    raw = (LISTS / name).read_bytes()
    changed = b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")
    assert parse(changed, name, this_year=2026) == parse(raw, name, this_year=2026)


def test_every_line_of_the_lists_is_placed(reading):
    """Each line with words is an entry, a note, a section, an introduction, or furniture."""
    for name in NAMES:
        lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
        told = " ".join(
            [e.title for e in reading.entries if e.file == name]
            + [note.text for e in reading.entries for note in e.notes]
            + [f"{' '.join(s.path)} {s.introduction}" for s in reading.sections]
        )
        for line in lines[5:]:
            plain = line.strip().strip("#\\ ").replace("*", "").replace("‑", "-").replace("`", "")
            plain = plain.lstrip("-0123456789. ")
            if not plain or line.startswith(("|", "<img", "![", "---", "[Figure")):
                continue
            if line.lstrip()[0].isdigit() or line.startswith("#"):
                continue  # entries and headings: the golden files and the other tests
            assert plain[:24].replace(":smile: ", "") in told, line
