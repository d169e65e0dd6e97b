"""Files to papers in one call: find, read, parse, join."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from paperbot.errors import ListsError
from paperbot.lists.files import find_lists, read_bytes
from paperbot.lists.joining import join
from paperbot.lists.parsing import parse
from paperbot.lists.values import ParsedList, Problem, Reading


def read_lists(where: Path | Iterable[Path], *, this_year: int) -> Reading:
    """Reads the lists of a folder, or the files given, and joins them to papers.

    In a folder an unreadable file is a problem and the others are read; a file that was asked
    for by name raises ``ListsError``.
    """
    if isinstance(where, Path) and where.is_dir():
        return join([_read_from(where, path, this_year) for path in find_lists(where)])
    files = [where] if isinstance(where, Path) else list(where)
    return join([parse(read_bytes(path), str(path), this_year=this_year) for path in files])


def _read_from(folder: Path, path: Path, this_year: int) -> ParsedList:
    name = path.relative_to(folder).as_posix()
    try:
        return parse(read_bytes(path), name, this_year=this_year)
    except ListsError as error:
        what, _, remedy = str(error).removeprefix(f"{path}: ").partition(" · ")
        return ParsedList(name, problems=(Problem(name, 1, what, remedy),))
