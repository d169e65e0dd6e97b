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

from paperbot.indexing.nicknames import TITLE
from paperbot.lists.identity import keys_of
from paperbot.lists.values import Reading
from paperbot.paper import SUMMARIES, Note, Paper

_TITLE = re.compile(rf"[-*+] +{TITLE}", re.I)


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
        title = _TITLE.fullmatch(line) if line.startswith(("-", "*", "+")) else None
        indented = raw != raw.lstrip()
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
        titles = {key[2:] for key in keys_of(summary.title, ())}
        # With and without its nickname a title is one to us, whichever of both an entry has.
        for key in (*ids, *(kind + title for kind in ("t:", "c:") for title in titles)):
            known.setdefault(key, summary)
    place: Counter[str] = Counter()
    found: dict[tuple[str, int], Summary] = {}
    for entry in reading.entries:
        order = place[entry.file]
        place[entry.file] += 1
        for key in entry.keys:
            if (told := known.get(key)) and not _differ(told, entry.keys):
                found[entry.file, order] = told
                break

    def with_summary(paper: Paper) -> Paper:
        for mention in paper.mentions:
            if summary := found.get((mention.file, mention.order)):
                note = Note(summary.text, SUMMARIES, summary.line)
                return replace(paper, notes=(*paper.notes, note))
        return paper

    return replace(reading, papers=tuple(map(with_summary, reading.papers))) if found else reading


def _differ(summary: Summary, keys: Iterable[str]) -> bool:
    """Tell whether a summary has another arXiv id than an entry of these keys has."""
    ids = [key for key in keys if key.startswith("arxiv:")]
    return bool(ids and summary.arxiv and f"arxiv:{summary.arxiv}" not in ids)
