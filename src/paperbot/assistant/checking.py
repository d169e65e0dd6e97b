"""What ``lists check`` tells, without index or model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from paperbot.indexing.sources import GLOSSARY, NICKNAMES, curated_files
from paperbot.lists import Problem, check_json, check_lines, read_lists
from paperbot.lists.check import problem_json


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: counts, one line a problem, and all of it as the documented JSON.

    ``faults`` counts the problems that someone should look at; the others were left out on purpose.
    """

    entries: int
    papers: int
    sections: int
    problems: tuple[str, ...]
    faults: int
    record: dict[str, Any]


def check_lists(where: Path | Sequence[Path], curated_dir: Path | None = None) -> Report:
    """Read a folder of lists, or some files, and the curated files of ``curated_dir``.

    Raises ``ListsError`` for a file or folder that cannot be read.
    """
    reading = read_lists(where, this_year=datetime.now(UTC).year)
    record = check_json(reading)
    problems = list(reading.problems)
    for name, file in curated_files(curated_dir).items() if curated_dir else ():
        faults = [Problem(file.name, *fault) for fault in _wrong_in(name, file)]
        problems += faults
        record["problems"] += map(problem_json, faults)
    return Report(
        entries=len(reading.entries),
        papers=len(reading.papers),
        sections=len(reading.sections),
        problems=tuple(check_lines(problems)),
        faults=sum(not problem.aside for problem in problems),
        record=record,
    )


def _wrong_in(name: str, file: Path) -> list[tuple[int, str, str]]:
    """Give what of a curated file cannot be read, as (line, what, do)."""
    # A check of single files needs none of them.
    from paperbot.indexing.glossary import parse_glossary
    from paperbot.indexing.nicknames import parse_nicknames
    from paperbot.indexing.summaries import parse_summaries

    text = file.read_text(encoding="utf-8", errors="replace")
    if "\0" in text:
        return [(1, "is no text", "put back the last version that was")]
    if name == GLOSSARY:
        return parse_glossary(text)[1]
    return (parse_nicknames if name == NICKNAMES else parse_summaries)(text)[1]
