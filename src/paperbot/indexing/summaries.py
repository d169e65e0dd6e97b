"""What well-known papers say in plain words: a Markdown file that curators extend.

A line with the title, and the summary in the lines indented below it:

    - Attention Is All You Need (1706.03762)
      Reading a sentence word by word was slow. …

The file may tell of any papers of the world: a summary counts where the lists hold its paper, as
a note that is lent to it. Only what is misspelt is not mended by its words, which are those of daily
life, and what is written into lists leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperbot.indexing.sources import SUMMARIES
from paperbot.lists.identity import keys_of
from paperbot.lists.values import Reading
from paperbot.paper import Note, Paper

_TITLE = re.compile(r"[-*+] +(?P<title>.+?)(?: *\((?:arXiv: ?)?\d{4}\.\d{4,5}(?:v\d+)?\))?", re.I)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one paper says, and the line of the file that its title stands in."""

    title: str
    text: str
    line: int


def parse_summaries(text: str) -> tuple[list[Summary], list[tuple[int, str, str]]]:
    """Read the file; gives its summaries and, as (line, what, do), what could not be read."""
    summaries: list[Summary] = []
    problems: list[tuple[int, str, str]] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if raw == raw.lstrip() and (found := _TITLE.fullmatch(line)):
            title = found["title"].strip()
            first = seen.setdefault(title.casefold(), number)
            if first != number:
                what = f"“{title}” has a summary already, in line {first}"
                problems.append((number, what, "make one of both"))
            summaries.append(Summary(title, "", number))
        elif line and raw != raw.lstrip() and summaries:
            last = summaries[-1]
            summaries[-1] = replace(last, text=f"{last.text} {line}".lstrip())
        # All else is a heading or what is told about the file.
    for summary in summaries:
        if not summary.text:
            do = "put its summary below it, indented by two blanks"
            problems.append((summary.line, f"“{summary.title}” has no summary", do))
    return [summary for summary in summaries if summary.text], problems


def lend(reading: Reading, summaries: Iterable[Summary]) -> Reading:
    """Give each paper that has a summary, by any of its titles, that as its last note.

    A title names its paper with or without the nickname before the colon.
    """
    by_title: dict[str, Summary] = {}
    for summary in summaries:
        for key in keys_of(summary.title, ()):
            by_title.setdefault(key[2:], summary)
    found = {
        (entry.file, entry.line): by_title[key[2:]]
        for entry in reading.entries
        for key in entry.keys
        if key[:2] in ("t:", "c:") and key[2:] in by_title
    }

    def with_summary(paper: Paper) -> Paper:
        for mention in paper.mentions:
            if summary := found.get((mention.file, mention.line)):
                note = Note(summary.text, SUMMARIES, summary.line)
                return replace(paper, notes=(*paper.notes, note))
        return paper

    return replace(reading, papers=tuple(map(with_summary, reading.papers))) if found else reading


def is_summary(note: Note) -> bool:
    """Tell whether a note was lent to its paper, and is not the lab's own."""
    return note.file == SUMMARIES


def without_summary(paper: Paper) -> Paper:
    """Give a paper as the lists have it, to be written into a list."""
    return replace(paper, notes=tuple(note for note in paper.notes if not is_summary(note)))
