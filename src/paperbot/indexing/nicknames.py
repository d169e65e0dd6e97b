"""Names that people call papers by though no list says so: a Markdown file that curators extend.

One line a paper, names apart by semicolons, then its title and, where it is known, its arXiv id:

    - RegNet; RegNetX: Designing Network Design Spaces (2003.13678)

The file may name any papers of the world: a name counts where the lists hold its paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperbot.indexing.text import name_key

# A title, and its arXiv id in brackets where it is known: the same in every curated file.
TITLE = r"(?P<title>.+?)(?: *\((?:arXiv: ?)?(?P<arxiv>\d{4}\.\d{4,5})(?:v\d+)?\))?"

_LINE = re.compile(rf"[-*+] +(?P<names>[^:]+): *{TITLE}", re.I)


@dataclass(frozen=True, slots=True)
class Nicknamed:
    """One paper by its title (and arXiv id), and what it is called beside that."""

    names: tuple[str, ...]
    title: str
    arxiv: str | None = None


def parse_nicknames(text: str) -> tuple[list[Nicknamed], list[tuple[int, str, str]]]:
    """Read the file; gives its papers and, as (line, what, do), what could not be read."""
    papers: list[Nicknamed] = []
    problems: list[tuple[int, str, str]] = []
    seen: dict[str, tuple[int, str]] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line.startswith(("-", "*", "+")):  # headings and what is told about the file
            continue
        found = _LINE.fullmatch(line)
        names = [name.strip() for name in found["names"].split(";")] if found else []
        names = [name for name in names if name_key(name)]
        if not found or not names or not name_key(found["title"]):
            problems.append(
                (number, "not a line of nicknames", "write “- Name; other name: Title (arXiv id)”")
            )
            continue
        for name in names:
            first, title = seen.setdefault(name_key(name), (number, found["title"]))
            if title != found["title"]:
                what = f"“{name}” is already the nickname of another paper, in line {first}"
                problems.append((number, what, "leave it to one of them"))
        papers.append(Nicknamed(tuple(names), found["title"].strip(), found["arxiv"]))
    return papers, problems
