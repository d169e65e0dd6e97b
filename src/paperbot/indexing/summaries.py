"""What well-known papers say in plain words: a Markdown file that curators extend.

A line with the title, and the summary in the lines indented below it:

    - Attention Is All You Need (1706.03762)
      Reading a sentence word by word was slow. …

The file may tell of any papers of the world: a summary counts where the lists hold its paper, as
a note that is lent to it. Its words are those of daily life: a word that stands in summaries alone
is no word of the lists, and what is misspelt is not mended by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperbot.lists.identity import keys_of
from paperbot.lists.values import Reading
from paperbot.paper import SUMMARIES, Note, Paper

_TITLE = re.compile(
    r"[-*+] +(?P<title>.+?)(?: *\((?:arXiv: ?)?(?P<arxiv>\d{4}\.\d{4,5})(?:v\d+)?\))?", re.I
)


@dataclass(frozen=True, slots=True)
class Summary:
    """What one paper says, and the line of the file that its title stands in."""

    title: str
    text: str
    line: int
    arxiv: str | None = None


def parse_summaries(text: str) -> tuple[list[Summary], list[tuple[int, str, str]]]:
    """Read the file; gives its summaries and, as (line, what, do), what could not be read."""
    summaries: list[Summary] = []
    problems: list[tuple[int, str, str]] = []
    seen: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        title, indented = _TITLE.fullmatch(line), raw != raw.lstrip()
        if title and not indented:
            named = title["title"].strip()
            first = seen.setdefault(named.casefold(), number)
            if first != number:
                what = f"“{named}” has a summary already, in line {first}"
                problems.append((number, what, "make one of both"))
            summaries.append(Summary(named, "", number, title["arxiv"]))
        elif line and summaries and not line.startswith("#"):
            if title or not indented:
                do = "begin a title with “- ”, and indent what is said of it by two blanks"
                problems.append((number, "neither a title nor a summary", do))
            else:
                last = summaries[-1]
                summaries[-1] = replace(last, text=f"{last.text} {line}".lstrip())
        # What stands before the first title tells of the file.
    for summary in summaries:
        if not summary.text:
            do = "put its summary below it, indented by two blanks"
            problems.append((summary.line, f"“{summary.title}” has no summary", do))
    return [summary for summary in summaries if summary.text], sorted(problems)


def lend(reading: Reading, summaries: Iterable[Summary]) -> Reading:
    """Give each paper that has a summary, by its arXiv id or any of its titles, that as its last note.

    A title names its paper with or without the nickname before the colon, but where both have an id
    and the ids differ: "Deep Learning" is a book and a paper.
    """
    known: dict[str, Summary] = {}
    for summary in summaries:
        ids = [f"arxiv:{summary.arxiv}"] if summary.arxiv else []
        for key in (*ids, *keys_of(summary.title, ())):
            known.setdefault(_same(key), summary)
    place: Counter[str] = Counter()
    found: dict[tuple[str, int], Summary] = {}
    for entry in reading.entries:
        order = place[entry.file]
        place[entry.file] += 1
        ids = [key for key in entry.keys if key.startswith("arxiv:")]
        for key in entry.keys:
            told = known.get(_same(key))
            if told and not (ids and told.arxiv and f"arxiv:{told.arxiv}" not in ids):
                found[entry.file, order] = told
                break

    def with_summary(paper: Paper) -> Paper:
        for mention in paper.mentions:
            if summary := found.get((mention.file, mention.order)):
                note = Note(summary.text, SUMMARIES, summary.line)
                return replace(paper, notes=(*paper.notes, note))
        return paper

    return replace(reading, papers=tuple(map(with_summary, reading.papers))) if found else reading


def _same(key: str) -> str:
    """Give titles with and without their nickname one kind of key; an identifier stays as it is."""
    return f"t:{key[2:]}" if key.startswith("c:") else key
