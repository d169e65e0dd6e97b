"""How curators of public lists write: one small list of each shape, every field looked at."""

import pytest

from paperbot.lists import parse


def read(text, name="a.md"):
    return parse(text, name, this_year=2026).entries


def told(text, name="a.md"):
    return [(entry.title, entry.year, entry.venue) for entry in read(text, name)]


BULLETS = {
    "- ICML 2022, The **primacy bias** in deep learning, [arXiv](https://arxiv.org/abs/2205.07802)": (
        "The primacy bias in deep learning",
        2022,
        "ICML",
    ),
    "- arXiv 2023.10, **SAQ**: Actions for Offline Robots, [Website](https://saq.github.io/)": (
        "SAQ: Actions for Offline Robots",
        2023,
        "arXiv",
    ),
    "- NIPS 2020 (spotlight), Fourier Features of Nets, [Web](https://f.github.io/)": (
        "Fourier Features of Nets",
        2020,
        "NIPS",
    ),
    "- **[R-CNN]** Rich Feature Hierarchies | Ross Girshick, Jeff Donahue | **[CVPR' 14]** |"
    "[`[pdf]`](https://arxiv.org/pdf/1311.2524.pdf)": ("Rich Feature Hierarchies", 2014, "CVPR"),
    "- [2020 - FuZZan: Efficient Sanitizers](https://nebelwelt.net/files/20ATC.pdf)": (
        "FuZZan: Efficient Sanitizers",
        2020,
        None,
    ),
    "- [2018 - Evaluating Fuzz Testing](https://www.cs.umd.edu/papers/fuzzeval.pdf)": (
        "Evaluating Fuzz Testing",
        2018,
        None,
    ),
    "- **2015-10** | Modelling of Targets | *Ann Li, Bo Ray* | [NAR](https://doi.org/10.1093/n/g1)": (
        "Modelling of Targets",
        2015,
        "NAR",
    ),
    "- [2023 bioRxiv scThing] **A Model for Cells** [[paper]](https://www.biorxiv.org/content/1v1)": (
        "A Model for Cells",
        2023,
        "bioRxiv",
    ),
    "- Towards Instance-Optimized Systems (VLDB 2021 from Tim Kraska)": (
        "Towards Instance-Optimized Systems",
        2021,
        "VLDB",
    ),
    "- ***SageDB: A Learned System (CIDR 2019)***": ("SageDB: A Learned System", 2019, "CIDR"),
    "- A Conceptual Approach to Driving (Distributed and Parallel Databases 2020)": (
        "A Conceptual Approach to Driving",
        2020,
        "Distributed and Parallel Databases",
    ),
    "- Fast Tuning of Things (IEEE Transactions on Computers)": (
        "Fast Tuning of Things",
        None,
        "IEEE Transactions on Computers",
    ),
    "- **Learning Environments for Patterns.** SSPR/SPR 2004. [paper](https://link.springer.com/a_4)": (
        "Learning Environments for Patterns",
        2004,
        None,
    ),
    "- Out of the Tar Pit. [Moseley, Marks (2006)](http://curtclifton.net/papers/Marks06a.pdf)": (
        "Out of the Tar Pit",
        2006,
        None,
    ),
    "- arXiv 2023.06, **DreamSim**: Learning New Dimensions of\n"
    "Human Similarity, [arXiv](https://arxiv.org/abs/2306.09344)": (
        "DreamSim: Learning New Dimensions of Human Similarity",
        2023,
        "arXiv",
    ),
    "- [The Five-Minute Rule](http://x.edu/rule.pdf) (1997): This paper tells when to cache a page.": (
        "The Five-Minute Rule",
        1997,
        None,
    ),
}


@pytest.mark.parametrize("bullet", BULLETS, ids=lambda bullet: bullet[:30])
def test_a_bullet_gives_its_title_year_and_venue(bullet):
    assert told(f"# L\n\n## Papers\n{bullet}\n") == [BULLETS[bullet]]


CITED = """# Readings
- Peter F Brown, et al.: Class-Based Models of Language, 1992.
- Joshua Goodman: A bit of progress in language modeling, MSR Technical Report, 2001.
- Donald Hindle and Mats Rooth. Structural Ambiguity, Computational Linguistics, 1993.
- Stuart K. Card, Allen Newell, and Thomas P. Moran. 1983. The Psychology of Interaction.
- Kiesler, S., Siegel, J., & McGuire, T. W. (1984). **Social aspects of talk**. Psychologist, 39.
- Pierre Wellner. 1993. **Interacting with the DigitalDesk**. Commun. ACM 36, 7 (July 1993).
- Nielsen, J., & Molich, R. (1990, March). [Heuristic evaluation](https://x.edu/a.pdf). ACM.
- Charles Sutton, Andrew McCallum. An Introduction to Random Fields.
"""


def test_entries_that_begin_with_people_give_title_year_and_people():
    entries = read(CITED)
    assert [(entry.title, entry.year) for entry in entries] == [
        ("Class-Based Models of Language", 1992),
        ("A bit of progress in language modeling", 2001),
        ("Structural Ambiguity", 1993),
        ("The Psychology of Interaction", 1983),
        ("Social aspects of talk", 1984),
        ("Interacting with the DigitalDesk", 1993),
        ("Heuristic evaluation", 1990),
        ("An Introduction to Random Fields", None),
    ]
    assert entries[1].authors == ("Joshua Goodman",)
    assert entries[3].authors == ("Stuart K. Card", "Allen Newell", "Thomas P. Moran")


def test_works_nested_under_a_leading_work_are_entries_and_details_are_not():
    text = """# Papers
1. **Von Neumann's First Program. [Knuth (1970)](https://dl.acm.org/doi/pdf/10.1145/1.1).**
    \\
    <sub>Early Programming</sub>
    * The Education of a Computer. [Hopper (1952)](https://x.edu/hopper.pdf).
    * Quicksort. [Hoare (1962)](https://dl.acm.org/doi/pdf/10.5555/6.1).
2. **Attention Is All You Need** [[paper](https://arxiv.org/abs/1706.03762)]
    * Slides of the talk: [slides](https://x.edu/s.pdf)
    * Follow-ups:
      * [Reformer: The Efficient Transformer](https://arxiv.org/abs/2001.04451)
      * [Longformer: The Long Transformer](https://arxiv.org/abs/2004.05150)
"""
    entries = read(text)
    assert [(e.title, e.year, e.section) for e in entries] == [
        ("Von Neumann's First Program", 1970, ("Papers",)),
        ("The Education of a Computer", 1952, ("Papers",)),
        ("Quicksort", 1962, ("Papers",)),
        ("Attention Is All You Need", 2017, ("Papers",)),
        ("Reformer: The Efficient Transformer", 2020, ("Papers", "Follow-ups")),
        ("Longformer: The Long Transformer", 2020, ("Papers", "Follow-ups")),
    ]
    assert entries[0].authors == ("Knuth",)
    assert [link.role for link in entries[3].links] == ["paper", "slides"]


def test_a_bold_line_over_its_links_is_an_entry_in_any_language():
    text = """# 目标检测

**Exploring Self-attention for Recognition**

- 论文：https://x.edu/san.pdf
- 代码：https://github.com/a/SAN

**Scale-Equalizing Pyramids for Detection**

论文：https://arxiv.org/abs/2005.03101

代码：https://example.org/SEPC
"""
    first, second = read(text)
    assert first.title == "Exploring Self-attention for Recognition"
    assert [link.role for link in first.links] == ["pdf", "code"]
    assert [(link.role, link.url) for link in second.links] == [
        ("paper", "https://arxiv.org/abs/2005.03101"),
        ("code", "https://example.org/SEPC"),
    ]
    assert second.section == ("目标检测",)


def test_title_venue_and_link_on_lines_of_their_own():
    text = """# List
Poseidon: An Architecture for Clusters
ATC 2017
https://www.usenix.org/system/files/conference/atc17/atc17-zhang.pdf

ColumnML: Learning in Column Stores
VLDB 2019
"""
    assert told(text) == [
        ("Poseidon: An Architecture for Clusters", 2017, "ATC"),
        ("ColumnML: Learning in Column Stores", 2019, "VLDB"),
    ]


def test_two_entries_in_one_paragraph_are_two():
    text = """# List
**MM1.5: Methods of Tuning**
Ann Li, Bob Ray, Cy Fox
[arXiv, 30 Sep 2024](https://arxiv.org/pdf/2409.20566)
**EAGLE: A Design Space of Encoders**
Min Shi, Fu Liu, Su Wang
[arXiv, 28 Aug 2024](https://arxiv.org/abs/2408.15998)
"""
    assert [entry.title for entry in read(text)] == [
        "MM1.5: Methods of Tuning",
        "EAGLE: A Design Space of Encoders",
    ]


def test_links_of_the_authors_are_no_links_of_the_work():
    text = """# List
**GAN2X: Inverse Rendering of Image GANs.**<br>
*[Xingang Pan](https://xingangpan.github.io/), [Ayush Tewari](https://ayushtewari.com/).*<br>
3DV 2022. [[PDF](https://arxiv.org/abs/2206.09244)]
"""
    (entry,) = read(text)
    assert [link.url for link in entry.links] == ["https://arxiv.org/abs/2206.09244"]
    assert entry.authors == ("Xingang Pan", "Ayush Tewari")


def test_bullets_indented_too_little_under_a_number_are_its_details():
    text = """# Week
1. Muse, a new text-to-image model
  - Paper: https://arxiv.org/abs/2301.00704
2. VALL-E, a text-to-audio model
  - https://valle-demo.github.io/
"""
    assert [(e.title, len(e.links)) for e in read(text)] == [
        ("Muse, a new text-to-image model", 1),
        ("VALL-E, a text-to-audio model", 1),
    ]


def test_footnotes_and_tables_of_restructuredtext():
    text = """Key Papers
==========

.. [#] `Playing Games <https://arxiv.org/abs/1312.5602>`_, Mnih et al, 2013. **Algorithm: DQN.**

+------------------+-------+------+
| Title            | Venue | Year |
+==================+=======+======+
| Deep Residual    | CVPR  | 2016 |
| Learning of Nets |       |      |
+------------------+-------+------+

======================  =====  ====
Title                   Venue  Year
======================  =====  ====
A Method for Gradients  ICLR   2015
======================  =====  ====

.. csv-table::
   :header: "Title", "Venue", "Year"

   "Batches, Normalized: A Way", "ICML", 2015
"""
    assert told(text, "a.rst") == [
        ("Playing Games", 2013, None),
        ("Deep Residual Learning of Nets", 2016, "CVPR"),
        ("A Method for Gradients", 2015, "ICLR"),
        ("Batches, Normalized: A Way", 2015, "ICML"),
    ]


def test_texts_and_nested_keys_of_yaml_are_entries_in_their_sections():
    text = """papers:
  vision:
    - "Deep Residual Learning (CVPR 2016)"
    - title: An Image is Worth Words
      venue: ICLR 2021
  nlp:
    - name: BERT
      paper: "BERT: Pre-training of Transformers"
    - author: Nobody
      year: 2001
"""
    parsed = parse(text, "l.yml", this_year=2026)
    assert [(e.title, e.year, e.section) for e in parsed.entries] == [
        ("Deep Residual Learning", 2016, ("vision",)),
        ("An Image is Worth Words", 2021, ("vision",)),
        ("BERT: Pre-training of Transformers", None, ("nlp",)),
    ]
    assert [(p.line, p.what) for p in parsed.problems if "record" in p.what] == [
        (9, "a record without a title")
    ]


def test_a_csv_without_header_is_read_by_its_cells():
    text = (
        "Deep Residual Learning of Nets,CVPR 2016,https://arxiv.org/abs/1512.03385\n"
        "Attention Is All You Need,NeurIPS 2017,https://arxiv.org/abs/1706.03762\n"
    )
    assert told(text, "a.csv") == [
        ("Deep Residual Learning of Nets", 2016, "CVPR"),
        ("Attention Is All You Need", 2017, "NeurIPS"),
    ]


def test_a_note_keeps_the_urls_of_its_links():
    text = "# L\n- [A Title of Work](https://arxiv.org/abs/2101.00001): there is an [open video](https://v.org/1) of it too.\n"
    (entry,) = read(text)
    assert entry.note == "there is an open video (https://v.org/1) of it too."


def test_lists_of_conferences_and_people_are_no_papers():
    text = """# L
Papers:
- 2023
  - [NeurIPS 2023](https://neurips.cc/virtual/2023/papers.html)
- 2022
  - [NeurIPS 2022](https://neurips.cc/virtual/2022/papers.html?filter=titles)

# Papers
- [A Title of a Work](https://arxiv.org/abs/2101.00001)
"""
    assert [entry.title for entry in read(text)] == ["A Title of a Work"]


@pytest.mark.parametrize(
    "title",
    [
        "A Critique of the 1998 DARPA Intrusion Detection Evaluation",
        "The Legacy of 2008 in Machine Translation",
        "Scaling Part 1900 of Learned Systems",
        "The Bitter Truth of 1984",
        "Overview of the Shared Task 2014",
    ],
)
def test_a_year_within_a_linked_title_makes_it_no_venue(title):
    text = f"- [{title}](https://arxiv.org/abs/2101.00001) - A. Author, B. Writer. ICML 2010\n"
    (entry,) = parse(text, "a.md", this_year=2026).entries
    assert (entry.title, entry.year, entry.venue) == (title, 2010, "ICML")
