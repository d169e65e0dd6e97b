"""What papers say in plain words: data/summaries.md."""

import json

from paperbot.assistant.checking import check_lists
from paperbot.cli.render import paper_lines
from paperbot.indexing.summaries import Summary, parse_summaries
from paperbot.lists.export.task import export_papers

from ..conftest import ROOT

TEXT = """# Summaries

What is told about the file.

- paging attention memory for serving (2309.06180)
  Everybody in the office waits while crumbs of room stay empty between
  two conversations.
- Compressing the Key-Value Cache of Long Chats
  My telephone grows slow and warm.
- A Paper of No List
  Nobody has it.
"""


def give(library, text=TEXT):
    (library.root / "data" / "summaries.md").write_text(text)


def test_lines_are_read_and_what_cannot_be_is_told():
    summaries, problems = parse_summaries(
        "# About\nsome text\n- One: a Title (arXiv:2401.00001v2)\n  Says this\n  and that.\n"
        "* Two (and more)\n\tSays more.\n- None\n- one: A title\n  Again.\n"
    )
    assert summaries == [
        Summary("One: a Title", "Says this and that.", 3, "2401.00001"),
        Summary("Two (and more)", "Says more.", 6),
        Summary("one: A title", "Again.", 9),
    ]
    assert [(line, what) for line, what, _ in problems] == [
        (8, "“None” has no summary"),
        (9, "“one: A title” has a summary already, in line 3"),
    ]


def test_a_line_that_is_neither_title_nor_summary_is_told_and_not_taken_for_another():
    summaries, problems = parse_summaries(
        "- A\n  Says a.\n*B (2401.00001)\n  - C\n# Part\nmore\n- D\n  Says d.\n"
    )
    assert [(s.title, s.text) for s in summaries] == [("A", "Says a."), ("D", "Says d.")]
    assert [line for line, _, _ in problems] == [3, 4, 6]


def test_a_paper_is_found_by_its_summary_which_is_told_as_the_reason(tiny):
    asked = "everybody in the office waits"
    assert tiny.open().ask(asked).hits == ()
    give(tiny)
    hit = tiny.open().ask(asked).hits[0]
    assert hit.paper.title == "Paging Attention Memory for Serving"
    assert hit.why.startswith("in plain words: Everybody in the office waits while crumbs")
    note = hit.paper.notes[-1]
    assert (note.file, note.line) == ("../summaries.md", 5)


def test_a_title_names_its_paper_without_its_nickname_too(tiny):
    give(tiny)
    paper = tiny.open().paper("KVPress")
    assert [note.text for note in paper.notes] == ["My telephone grows slow and warm."]


def test_its_words_are_looked_up_but_mend_no_spelling(tiny):
    give(tiny)
    catalogue = tiny.open()._snapshot().catalogue
    (word,) = catalogue.look_up(["telephone"])
    assert len(word.summary) == 1
    assert not word.known
    assert "telephone" not in catalogue.vocabulary


def test_a_changed_summary_embeds_that_text_alone(tiny):
    give(tiny)
    assistant = tiny.open()
    give(tiny, TEXT.replace("telephone", "toaster"))
    built = assistant.refresh()
    assert built is not None
    assert built.embedded == 1
    note = assistant.paper("KVPress").notes[-1]
    assert note.text == "My toaster grows slow and warm."


def test_papers_of_one_line_have_each_their_own(library):
    titles = ["Paging Attention Memory for Serving", "Another Paper of This List"]
    library.write(json.dumps([{"title": title} for title in titles]), "one.json")
    give(library)
    assistant = library.open()
    assert [len(assistant.paper(title).notes) for title in titles] == [1, 0]


def test_an_id_finds_its_paper_and_keeps_a_like_title_apart(library):
    library.write(
        "## A\n1. [Tuning](https://arxiv.org/abs/2401.00001)\n"
        "2. [Deep Learning](https://arxiv.org/abs/2401.00002)\n3. Shallow Learning\n"
    )
    give(library, "- Retitled (2401.00001)\n  Turns it.\n- Deep Learning (2401.00003)\n  Digs.\n"
                  "- Shallow learning (2401.00004)\n  Wades.\n")  # fmt: skip
    assistant = library.open()
    notes = {title: assistant.paper(title).notes for title in ("Tuning", "Deep Learning")}
    assert [note.text for note in notes["Tuning"]] == ["Turns it."]
    assert notes["Deep Learning"] == ()
    assert [note.text for note in assistant.paper("Shallow Learning").notes] == ["Wades."]


def test_own_notes_and_summary_are_told_apart(tiny):
    give(tiny, "- Pruning Heads of Transformers\n  A telephone rings, and a tuning fork hums.\n")
    assistant = tiny.open()
    columns = assistant._snapshot().catalogue.columns
    assert columns.note_lent.tolist() == [False, True]
    by_summary = assistant.ask("telephone rings").hits[0]
    assert by_summary.why.startswith("in plain words: A telephone rings")
    by_note = assistant.ask("removing redundant keeps accuracy").hits[0]
    assert by_note.why.startswith("matches the note: Removing redundant heads")
    (tiny.root / "data" / "summaries.md").unlink()
    assert assistant.refresh() is not None
    assert len(assistant.paper("Pruning Heads of Transformers").notes) == 1


def test_check_tells_what_cannot_be_read(tiny):
    give(tiny, "- A Title\n- B Title\n  Says so.\n")
    where = tiny.settings
    report = check_lists(where.lists_dir, where.data_dir)
    assert report.problems[0].startswith("summaries.md:1: “A Title” has no summary")


def test_the_projects_own_summaries_are_read_whole():
    summaries, problems = parse_summaries((ROOT / "data" / "summaries.md").read_text())
    assert problems == []
    assert f"what {len(summaries):,} well-known papers" in (ROOT / "README.md").read_text()


def test_it_is_shown_apart_and_not_written_into_lists(tiny):
    give(tiny)
    paper = tiny.open().paper("KVPress")
    shown = [span[0] for line in paper_lines(paper) for span in line]
    at = shown.index("  in plain words:")
    assert shown[at + 1] == "  My telephone grows slow and warm."
    assert paper.as_listed().notes == ()
    exported = export_papers([paper.as_listed()], "markdown", title="x")
    assert "telephone" not in exported.text
