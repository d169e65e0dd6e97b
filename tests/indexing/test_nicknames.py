"""Names that papers go by though no list says so: data/nicknames.md."""

import pytest

from paperbot.assistant.checking import check_lists
from paperbot.errors import ListsError
from paperbot.indexing.nicknames import Nicknamed, parse_nicknames

from ..conftest import ROOT

TEXT = """# Nicknames

What is told about the file.

- PagedServe; Page-Serve: paging attention memory for serving
- ByNumber: A Title That the List Writes Otherwise (2401.00001)
- Far: A Paper of No List (2402.00002)
"""


def give(library, text=TEXT):
    (library.root / "data" / "nicknames.md").write_text(text)


def titles(assistant, asked):
    return [hit.paper.title for hit in assistant.ask(asked).hits]


def test_lines_are_read_and_what_cannot_be_is_told():
    papers, problems = parse_nicknames(
        "- A; The B: Some Title: with a Colon (2401.00001)\n- C: Title (and more)\n- no title\n"
        "- ; ;: Title\n- a: Other Title\n* D: Last (arXiv:2402.12345v3)\n"
    )
    assert papers == [
        Nicknamed(("A", "The B"), "Some Title: with a Colon", "2401.00001"),
        Nicknamed(("C",), "Title (and more)"),
        Nicknamed(("a",), "Other Title"),
        Nicknamed(("D",), "Last", "2402.12345"),
    ]
    assert [(line, what) for line, what, _ in problems] == [
        (3, "not a line of nicknames"),
        (4, "not a line of nicknames"),
        (5, "“a” is already the nickname of another paper, in line 1"),
    ]


def test_a_paper_is_found_by_its_nickname_as_by_its_own_name(tiny):
    before = tiny.open()
    assert titles(before, "PagedServe")[:1] != ["Paging Attention Memory for Serving"]
    give(tiny)
    assistant = tiny.open()
    for asked in ("PagedServe", "the Page-Serve paper", "pageserve"):
        first = assistant.ask(asked).hits[0]
        assert first.paper.title == "Paging Attention Memory for Serving", asked
        assert "is the paper you named" in first.why
    assert assistant.paper("pagedserve").title == "Paging Attention Memory for Serving"


def test_an_arxiv_id_finds_what_is_titled_otherwise(library):
    library.write("## A\n1. [Titled in Our Own Words](https://arxiv.org/abs/2401.00001)\n")
    give(library)
    assert library.open().paper("ByNumber").title == "Titled in Our Own Words"


def test_a_changed_line_counts_at_once_and_a_removed_one_no_more(tiny):
    give(tiny)
    assistant = tiny.open()
    give(tiny, "- Renamed: Paging Attention Memory for Serving\n")
    built = assistant.refresh()
    assert built is not None
    assert built.embedded == 0
    assert assistant.paper("Renamed").title == "Paging Attention Memory for Serving"
    assert assistant._snapshot().catalogue.row_of("PagedServe") is None


def test_what_a_list_calls_by_the_name_goes_first(tiny):
    title = "Compressing the Key-Value Cache of Long Chats"
    give(tiny, f"- Paging Attention Memory for Serving: {title}\n")
    assistant = tiny.open()
    assert assistant.paper(title).title == f"KVPress: {title}"
    named = "Paging Attention Memory for Serving"
    assert assistant.paper(named).title == named


def test_an_arxiv_id_goes_before_a_like_title(library):
    library.write("## A\n1. Learning to Optimize\n2. [Tuning](https://arxiv.org/abs/2401.00001)\n")
    give(library, "- AutoTune: Learning to Optimize (2401.00001)\n")
    assert library.open().paper("AutoTune").title == "Tuning"


def test_check_tells_what_cannot_be_read(tiny):
    give(tiny, "- no title\n* B: A Title (2401.00001v2)\n")
    where = tiny.settings
    report = check_lists(where.lists_dir, where.data_dir)
    assert report.faults == 1
    assert report.problems[0].startswith("nicknames.md:1: not a line of nicknames")


@pytest.mark.parametrize("name", ["nicknames.md", "glossary.md", "summaries.md"])
def test_a_damaged_file_is_told_and_the_old_index_stays(tiny, name):
    give(tiny)
    assistant = tiny.open()
    (tiny.root / "data" / name).write_bytes(b"\x00\x01- A: B")
    with pytest.raises(ListsError, match=f"{name} is no text"):
        assistant.refresh()
    assert assistant.ask("PagedServe").hits[0].paper.title == "Paging Attention Memory for Serving"
    where = tiny.settings
    report = check_lists(where.lists_dir, where.data_dir)
    assert report.faults == 1
    assert report.problems[0].startswith(f"{name}:1: is no text")


def test_the_projects_own_nicknames_are_read_whole():
    papers, problems = parse_nicknames((ROOT / "data" / "nicknames.md").read_text())
    assert problems == []
    assert len(papers) > 500
