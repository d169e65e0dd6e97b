"""List files: which they are, and their bytes as text."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from paperbot.errors import ListsError
from paperbot.lists.values import Problem

SUFFIXES = (".md", ".markdown", ".txt", ".bib", ".csv", ".tsv", ".json", ".yaml", ".yml", ".rst")
"""What a reading list may be called; ``.txt`` is read as Markdown."""

MAX_BYTES = 64 * 2**20
"""A larger file is no reading list: 20,000 entries are about 4 MB."""

MAX_LINE = 100_000
"""Characters; a longer line is cut and reported, for no entry is that long."""

MAX_DEPTH = 16
"""Levels of quotes at a line's start that are read; a deeper line is left out and reported."""

MAX_INDENT = 40
"""Blanks before a bullet that are read (levels of nesting times two to four)."""

HOUSE = re.compile(
    r"(?i)readme|contributing|licen[sc]e|changelog|code_of_conduct|security|template"
)


def find_lists(folder: Path) -> tuple[Path, ...]:
    """The reading lists of a folder and its subfolders, sorted; hidden files and READMEs are none.

    Raises ``ListsError`` when the folder is missing or cannot be read.
    """
    if not folder.is_dir():
        raise ListsError(f"{folder}: no such folder · create it, or set PAPERBOT_DATA_DIR")
    try:
        found = [
            path
            for path in folder.rglob("*")
            if path.suffix.lower() in SUFFIXES
            and not any(part.startswith((".", "~")) for part in path.relative_to(folder).parts)
            and not HOUSE.fullmatch(path.stem)
            and path.is_file()
        ]
    except OSError as error:
        raise ListsError(f"{folder}: {error.strerror or error} · check its permissions") from error
    return tuple(sorted(found, key=lambda path: path.relative_to(folder).as_posix()))


def read_bytes(path: Path) -> bytes:
    """The bytes of a list, read whole at one moment.

    Raises ``ListsError`` when the file is missing, unreadable, too large, or changes each time
    that it is read.
    """
    try:
        for _ in range(3):
            before = path.stat()
            if before.st_size > MAX_BYTES:
                raise ListsError(
                    f"{path}: {before.st_size / 2**20:.0f} MB is no reading list · split it, "
                    f"or keep it under {MAX_BYTES // 2**20} MB"
                )
            data = path.read_bytes()
            after = path.stat()
            if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, len(data)):
                return data
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ListsError(f"{path}: {reason} · check its name and permissions") from error
    raise ListsError(f"{path}: the file changes while it is read · save it, then try again")


_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def decode(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """The text of a list, whatever its encoding, and what was wrong with its bytes."""
    for mark, encoding in _UTF16.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), []
    if b"\0" in data[:65536]:
        return "", [
            Problem(name, 1, "a binary file, not a text", "remove it, or export it as text")
        ]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        text = data.decode("cp1252", errors="replace")
        if sum(c == "\ufffd" or not (c.isprintable() or c in "\r\n\t") for c in text) > 0.1 * len(
            text
        ):
            return "", [
                Problem(name, 1, "a binary file, not a text", "remove it, or export it as text")
            ]
        return text, [
            Problem(name, line, "not UTF-8: read as Windows-1252", "save the file as UTF-8")
        ]


_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?$|={7}$")
_DEEP = re.compile(
    rf"[ \t]*(?:>[ \t]?){{{MAX_DEPTH},}}"
    rf"|[ ]{{{MAX_INDENT},}}(?:[-*+]|\d+[.)])\s"
    rf"|[ ]*(?:[-*+][ \t]+){{{MAX_DEPTH},}}[^-*+\s]"
)


def clean_lines(text: str, name: str) -> tuple[list[str], list[Problem]]:
    """The raw lines mended, line for line; conflict markers and endless lines are reported."""
    from paperbot.lists.text import mend  # ftfy and pylatexenc: only where lines are read

    problems: list[Problem] = []
    deep: list[int] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    conflict = any(line.startswith("<<<<<<< ") for line in lines)
    for at, raw in enumerate(lines):
        line = raw
        if len(line) > MAX_LINE:
            what = f"a line of {len(line):,} characters: all after {MAX_LINE:,} is left out"
            problems.append(Problem(name, at + 1, what, "break the line"))
            line = line[:MAX_LINE]
        if conflict and _CONFLICT.match(line):
            problems.append(
                Problem(name, at + 1, "a merge-conflict marker", "resolve the conflict")
            )
            line = ""
        line = mend(line)
        if line[:1] in " >\t" and _DEEP.match(line):
            deep.append(at + 1)
            line = ""
        lines[at] = line
    if deep:
        what = f"quotes or bullets nested too deeply: {len(deep)} lines from here on are left out"
        problems.append(Problem(name, deep[0], what, "write them with fewer levels"))
    return lines, problems
