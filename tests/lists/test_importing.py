"""Lists taken in: told first, copied byte for byte, never over another list in silence."""

from pathlib import Path

import pytest

from paperbot.errors import ListsError, UsageError
from paperbot.lists import importing
from paperbot.lists.importing import bring_in, look

YEAR = 2026
LIST = b"""\xef\xbb\xbf# Caches\r
- [Paging Attention Memory](https://arxiv.org/abs/2401.01234), ICML 2024\r
- [Old Title of Work](https://arxiv.org/abs/2001.00001)\r
- [cachetool](https://github.com/a/cachetool)\r
1. [C5 0221] A Paper of No Year at All\r
"""
OWN = "## Mine\n- [Old Title of Work](https://arxiv.org/abs/2001.00001)\n"


@pytest.fixture
def lab(tmp_path):
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "mine.md").write_text(OWN)
    return folder


@pytest.fixture
def theirs(tmp_path):
    path = tmp_path / "theirs.md"
    path.write_bytes(LIST)
    return path


def names(folder):
    return sorted(path.name for path in folder.rglob("*"))


def test_what_a_list_holds_is_told_before_anything_is_written(lab, theirs):
    (one,), passed = look(theirs, lab, this_year=YEAR)
    assert one.kinds == {"paper": 3, "tool": 1}
    assert [problem.line for problem in one.parsed.problems] == [5]
    assert [(e.line, held.file, held.line) for e, held in one.known] == [(3, "mine.md", 2)]
    assert passed == []
    assert names(lab) == ["mine.md"]


def test_the_copy_is_byte_for_byte_and_a_second_time_nothing_happens(lab, theirs):
    assert bring_in(look(theirs, lab, this_year=YEAR)[0], lab) == ["theirs.md"]
    assert (lab / "theirs.md").read_bytes() == LIST
    assert bring_in(look(theirs, lab, this_year=YEAR)[0], lab) == []
    assert names(lab) == ["mine.md", "theirs.md"]


def test_a_list_of_the_same_name_is_kept_unless_told_otherwise(lab, theirs):
    incoming, _ = look(theirs, lab, this_year=YEAR, name="mine.md")
    with pytest.raises(ListsError, match=r"has that name already: mine\.md"):
        bring_in(incoming, lab)
    assert (lab / "mine.md").read_text() == OWN
    assert bring_in(incoming, lab, replace=True) == ["mine.md"]
    assert (lab / "mine.md").read_bytes() == LIST


def test_one_name_that_is_taken_keeps_a_whole_folder_out(lab, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.md", "mine.md", "z.md"):
        (folder / name).write_bytes(LIST)
    incoming, _ = look(folder, lab, this_year=YEAR)
    with pytest.raises(ListsError, match="nothing is written"):
        bring_in(incoming, lab)
    assert names(lab) == ["mine.md"]


def test_a_folder_keeps_its_shape_and_names_what_is_left_out(lab, tmp_path):
    folder = tmp_path / "folder"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "a.md").write_bytes(LIST)
    (folder / "README.md").write_bytes(LIST)
    (folder / "prose.md").write_text("# Nothing\nNo paper here.\n")
    incoming, passed = look(folder, lab, this_year=YEAR)
    assert [one.name for one in incoming] == ["deep/a.md"]
    assert len(passed) == 2
    assert "README.md" in passed[0]
    assert "prose.md: no reading list" in passed[1]
    bring_in(incoming, lab)
    assert (lab / "deep" / "a.md").read_bytes() == LIST


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("a.md", b"# Only a heading\n", "no entry found"),
        ("a.md", b"", "an empty file"),
        ("a.md", b"\x00\x01" * 999, "a binary file"),
        ("a.pdf", b"%PDF-1.7", "a list is a file of .md"),
    ],
)
def test_what_is_no_list_is_refused(lab, tmp_path, name, content, word):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ListsError, match=word):
        look(path, lab, this_year=YEAR)


def test_a_missing_file_is_said(lab):
    with pytest.raises(ListsError, match="no such file or folder"):
        look(lab / "nope.md", lab, this_year=YEAR)


@pytest.mark.parametrize("name", ["../out.md", "/etc/a.md", ".hidden.md", "README.md", "a.bib"])
def test_a_name_under_which_it_would_not_be_found_is_refused(lab, theirs, name):
    with pytest.raises(UsageError):
        look(theirs, lab, this_year=YEAR, name=name)


def test_a_readme_needs_a_name_of_its_own(lab, tmp_path):
    path = tmp_path / "README.md"
    path.write_bytes(LIST)
    with pytest.raises(UsageError, match="--as "):
        look(path, lab, this_year=YEAR)
    bring_in(look(path, lab, this_year=YEAR, name="caches.md")[0], lab)
    assert (lab / "caches.md").read_bytes() == LIST


def test_the_lists_folder_is_made_where_there_is_none(tmp_path, theirs):
    folder = tmp_path / "data" / "lists"
    bring_in(look(theirs, folder, this_year=YEAR)[0], folder)
    assert (folder / "theirs.md").read_bytes() == LIST


def test_a_failure_half_way_loses_nothing(lab, tmp_path, monkeypatch):
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("a.md", "b.md"):
        (folder / name).write_bytes(LIST)
    incoming, _ = look(folder, lab, this_year=YEAR)
    real = importing.replace_file

    def failing(path: Path, data: bytes, *, was: bytes | None):
        if path.name == "b.md":
            raise ListsError(f"{path}: cannot be written")
        real(path, data, was=was)

    monkeypatch.setattr(importing, "replace_file", failing)
    with pytest.raises(ListsError):
        bring_in(incoming, lab)
    assert (lab / "mine.md").read_text() == OWN
    assert names(lab) == ["a.md", "mine.md"]
    monkeypatch.undo()
    assert bring_in(look(folder, lab, this_year=YEAR)[0], lab) == ["b.md"]
