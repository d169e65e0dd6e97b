"""What ``lists check`` tells, without index or model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

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


def check_lists(
    where: Path | Sequence[Path], glossary: Path | None = None, nicknames: Path | None = None
) -> Report:
    """Read a folder of lists, or some files, and the curated files where there are any.

    Raises ``ListsError`` for a file or folder that cannot be read.
    """
    reading = read_lists(where, this_year=datetime.now(UTC).year)
    record = check_json(reading)
    problems = list(reading.problems)
    for file in filter(None, (glossary, nicknames)):
        if file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            if "\0" in text:
                found = [(1, "is no text", "put back the last version that was")]
            else:
                found = _of_glossary(text) if file == glossary else _of_nicknames(text)
            faults = [Problem(file.name, *fault) for fault in found]
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


# Each parser is loaded only where there is something to parse.
def _of_glossary(text: str) -> list[tuple[int, str, str]]:
    from paperbot.indexing.glossary import parse_glossary

    return parse_glossary(text)[1]


def _of_nicknames(text: str) -> list[tuple[int, str, str]]:
    from paperbot.indexing.nicknames import parse_nicknames

    return parse_nicknames(text)[1]
