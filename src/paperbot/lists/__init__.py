"""Reading lists: files of people to entries, entries to papers, and what could not be read.

``parse`` reads one list, ``join`` makes papers of several, ``read_lists`` does both for a folder.
All is pure but ``find_lists``, ``read_bytes`` and ``read_lists``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperbot.lists.check import check_json, check_lines, entry_json, problem_json
    from paperbot.lists.files import find_lists, read_bytes
    from paperbot.lists.joining import join
    from paperbot.lists.parsing import parse
    from paperbot.lists.reading import read_lists
    from paperbot.lists.values import Entry, LooseNote, ParsedList, Problem, Reading

# Where each public name lives. They load when first used: a question whose index is fresh finds
# the list files and parses none of them.
_HOMES = {
    "check_json": "check",
    "check_lines": "check",
    "entry_json": "check",
    "problem_json": "check",
    "find_lists": "files",
    "read_bytes": "files",
    "join": "joining",
    "parse": "parsing",
    "read_lists": "reading",
    "Entry": "values",
    "LooseNote": "values",
    "ParsedList": "values",
    "Problem": "values",
    "Reading": "values",
}

__all__ = [
    "Entry",
    "LooseNote",
    "ParsedList",
    "Problem",
    "Reading",
    "check_json",
    "check_lines",
    "entry_json",
    "find_lists",
    "join",
    "parse",
    "problem_json",
    "read_bytes",
    "read_lists",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'paperbot.lists' has no attribute {name!r}")
    value = getattr(import_module(f"paperbot.lists.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
