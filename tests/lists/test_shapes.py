"""Lists in the shapes that people really keep: title, year, venue, section, links."""

from pathlib import Path

import pytest

from paperbot.lists import parse

SHAPES = Path(__file__).parent / "shapes" / "shapes.md"

EXPECTED = {
    4: ("Attention Is All You Need", 2017, "NeurIPS", "A Bullets"),
    5: (
        "NeRF: Representing Scenes as Neural Radiance Fields for View Synthesis",
        2020,
        None,
        "A Bullets",
    ),
    6: ("Title With Plain Words Before", 2021, None, "A Bullets"),
    7: ("LoRA: Low-Rank Adaptation of Large Language Models", 2021, "ICLR", "A Bullets"),
    8: ("QLoRA: Efficient Finetuning of Quantized LLMs", 2023, "NeurIPS", "A Bullets"),
    9: ("Emerging Properties in Self-Supervised Vision Transformers", 2021, "ICCV", "A Bullets"),
    10: ("Curly Quoted Title of a Work", 2023, "ACL", "A Bullets"),
    11: ("Some Title of a Paper", 2020, "ICML", "A Bullets"),
    12: ("全角 Title of a Work", 2021, "NeurIPS", "A Bullets"),
    13: ("Weird Entry whose Link is Authors", 2020, None, "A Bullets"),
    14: ("Title One in Bold", 2022, "ICLR", "A Bullets"),
    15: ("Deep Residual Learning for Image Recognition", 2016, "CVPR", "A Bullets"),
    16: ("Deep Residual Learning", 2016, "CVPR", "A Bullets"),
    17: ("Tree of Thoughts: Deliberate Problem Solving", 2023, None, "A Bullets"),
    18: ("Title in Link Here Now", 2024, "ICLR", "A Bullets"),
    20: ("Deep learning", 2015, None, "A Bullets"),
    21: ("Title after italic tag of paper", 2019, "CVPR", "A Bullets"),
    22: ("Dated Title of a Work", 2023, None, "A Bullets"),
    23: ("Title of Work in Link", 2023, "CVPR", "A Bullets"),
    29: (
        "Dropout: a simple way to prevent neural networks from overfitting",
        2014,
        "Journal of Machine Learning Research",
        "B Roadmap",
    ),
    33: ("A Nice Title of a Paper on Things", 2021, "ICCV", "C Paragraphs"),
    37: ("Second Nice Title of Things", 2022, "arXiv", "C Paragraphs"),
    43: ("Heading Title of a Work", 2020, "ECCV", "D Headings"),
    50: ("Nested Record Title Here", 2023, None, "E Nested"),
    54: ("Plain Parent Title of Work", 2020, "EMNLP", "E Nested"),
    60: ("Folded Title of a Paper", 2022, "NeurIPS", "F Folds"),
    68: ("Inside Fold Title", 2022, None, "Topic fold"),
    76: ("Table Title of One Work", 2023, "ICLR", "G Tables"),
    77: ("Table Title of Two Work", 2022, None, "G Tables"),
    81: ("Headerless Title of a Work", 2020, "NeurIPS", "G Tables"),
    87: ("BERT: Pre-training of Deep Bidirectional Transformers", 2018, None, "G Tables"),
    92: ("Exploring the Limits of Transfer Learning", 2020, "JMLR", "G Tables"),
}


@pytest.fixture(scope="module")
def entries():
    parsed = parse(SHAPES.read_bytes(), "shapes.md", this_year=2026)
    return {entry.line: entry for entry in reversed(parsed.entries)}


@pytest.mark.parametrize("line", EXPECTED)
def test_each_shape_gives_its_title_year_venue_and_section(entries, line):
    entry = entries[line]
    assert (entry.title, entry.year, entry.venue, entry.section[-1]) == EXPECTED[line]
    assert entry.kind == "paper"


def test_tools_and_courses_are_no_papers(entries):
    assert [entries[96].kind, entries[98].kind] == ["tool", "course"]
    assert entries[96].title == "PyTorch"


def test_authors_are_read_in_every_order_of_names(entries):
    assert entries[15].authors == ("Kaiming He", "Xiangyu Zhang", "Shaoqing Ren", "Jian Sun")
    assert entries[27].authors == ("Geoffrey E. Hinton", "Simon Osindero", "Yee-Whye Teh")
    assert entries[33].authors == ("Jane Doe", "Ann Li", "Bob Roe")
    assert entries[13].authors == ("Jane Doe", "Ann Li")


def test_two_papers_in_one_bullet_are_two_entries():
    parsed = parse(SHAPES.read_bytes(), "shapes.md", this_year=2026)
    titles = [entry.title for entry in parsed.entries if entry.line == 19]
    assert titles == ["Two Papers One: Alpha Beta Gamma", "Two Papers Two: Delta Epsilon"]


def test_links_carry_their_roles(entries):
    assert [link.role for link in entries[6].links] == ["paper", "code"]
    assert [link.role for link in entries[76].links] == ["paper", "code"]


def test_a_badge_counts_stars_of_a_repository_and_never_of_a_paper(entries):
    assert entries[17].stars == 0
    assert entries[20].stars == 1


def test_a_tldr_is_a_note(entries):
    assert entries[50].note == "It works well on many things."


def test_a_table_of_contents_and_a_citation_block_are_no_entries():
    text = """# List
## Table of Contents
- [Papers](#papers)
  - [Old](#old)
## Papers
- [A Title of a Work](https://arxiv.org/abs/2101.00001)
## Citation
```bibtex
@misc{x, title={This list}}
```
"""
    parsed = parse(text, "a.md", this_year=2026)
    assert [entry.title for entry in parsed.entries] == ["A Title of a Work"]
    assert [(p.line, p.what.split(":")[0]) for p in parsed.problems] == [
        (3, "lines 3–4 not read"),
        (8, "lines 8–9 not read"),
    ]


def test_bullets_under_a_bare_bullet_are_entries_in_its_section():
    text = "# F\n- **CCS 2024**\n  - [A Title of Works](https://dl.acm.org/doi/10.1145/3.4)\n"
    (entry,) = parse(text, "a.md", this_year=2026).entries
    assert (entry.section, entry.year, entry.venue) == (("F", "CCS 2024"), 2024, "CCS")


def test_a_heading_with_its_venue_behind_it_is_an_entry():
    text = "# Fuzzing\n### Angora: Efficient Fuzzing (S&P 2018)\n* [Paper](./p.pdf)\n\nWe fuzz.\n"
    (entry,) = parse(text, "a.md", this_year=2026).entries
    assert (entry.title, entry.year, entry.section) == (
        "Angora: Efficient Fuzzing",
        2018,
        ("Fuzzing",),
    )
