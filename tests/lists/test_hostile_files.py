"""Files that misbehave while they are read: one clear word each, nothing lost."""

import itertools
from pathlib import Path

import pytest

from paperbot.errors import ListsError
from paperbot.lists import parse, read_bytes

ENTRY = "1. [C5 2024] A Paper That Must Not Be Lost\n"


def test_a_file_that_changes_each_time_it_is_read_is_one_clear_line(tmp_path, monkeypatch):
    path = tmp_path / "list.md"
    path.write_text(ENTRY)
    growing = itertools.count(1)
    monkeypatch.setattr(Path, "read_bytes", lambda self: b"x" * next(growing))
    with pytest.raises(ListsError, match="changes while it is read"):
        read_bytes(path)


def test_a_line_of_10_mb_is_reported_and_its_neighbours_are_kept():
    parsed = parse(f"## S\n{ENTRY}\n{'y' * 10_000_000}\n\n{ENTRY}", "list.md", this_year=2026)
    assert any(p.line == 4 and "characters" in p.what for p in parsed.problems)
    assert parsed.entries[0].title == "A Paper That Must Not Be Lost"


def test_a_superscript_in_a_tag_is_no_number():
    assert [
        entry.title
        for entry in parse("1. [² 2024] Paging Memory\n", "a.md", this_year=2026).entries
    ]
