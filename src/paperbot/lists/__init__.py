"""Reading lists: files of people to entries, entries to papers, and what could not be read.

``parse`` reads one list, ``join`` makes papers of several, ``read_lists`` does both for a folder.
All is pure but ``find_lists``, ``read_bytes`` and ``read_lists``.
"""

from paperbot.lists.check import check_json, check_lines, entry_json, problem_json
from paperbot.lists.files import find_lists, read_bytes
from paperbot.lists.join import join
from paperbot.lists.parse import parse
from paperbot.lists.reading import read_lists
from paperbot.lists.values import Entry, LooseNote, ParsedList, Problem, Reading

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
