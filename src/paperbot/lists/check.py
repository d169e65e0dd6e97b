"""What ``lists check`` shows: every entry as it was read, every line that could not be placed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from paperbot.lists.values import Entry, Problem, Reading


def entry_json(entry: Entry) -> dict[str, Any]:
    """One entry in the documented JSON form; unknown is None."""
    return {
        "title": entry.title,
        "aliases": list(entry.aliases),
        "authors": list(entry.authors),
        "year": entry.year,
        "year_derived": entry.year_derived,
        "venue": entry.venue,
        "citations": entry.citations,
        "stars": entry.stars,
        "pages": entry.pages,
        "labels": list(entry.labels),
        "kind": entry.kind,
        "section": list(entry.section),
        "links": [{"role": link.role, "url": link.url} for link in entry.links],
        "note": entry.note,
        "file": entry.file,
        "line": entry.line,
    }


def check_json(reading: Reading) -> dict[str, Any]:
    """The whole report of ``lists check --json``: entries and problems in order of the lists."""
    return {
        "entries": [entry_json(entry) for entry in reading.entries],
        "problems": [problem_json(problem) for problem in reading.problems],
    }


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem in the documented JSON form."""
    return {
        "file": problem.file,
        "line": problem.line,
        "what": problem.what,
        "do": problem.do,
        "aside": problem.aside,
    }


def check_lines(problems: Iterable[Problem]) -> list[str]:
    """The problems as the terminal shows them: ``file:line: what · what to do``."""
    return [str(problem) for problem in problems]
