"""The judged questions over the lab's lists: read, split, matched to papers."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from paperbot.indexing.text import name_key
from paperbot.lists.identity import core_of
from paperbot.paper import Paper

FOLDER = Path(__file__).parent / "questions"
REFUSED = ("off", "neighbour", "clash")
LATER = {
    "X": ("development", "development"),
    "Y": ("fresh", "fresh"),
    "Z": ("development", "fresh"),
    "V": ("development", "fresh"),
    "W": ("development", "fresh"),
    "U": ("development", "fresh"),
    "T": ("development", "fresh"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, its kind, and the graded papers (1 to 3) by id; none for a refusal."""

    id: str
    kind: str
    text: str
    grades: dict[str, int] = field(default_factory=dict)

    @property
    def half(self) -> str:
        """``development``, ``test`` or ``fresh``, by the set and a hash of the question.

        More sets were written blind after the first had been looked at: X was joined to the
        development half whole, Y is ``fresh``, for reporting alone, and Z, V, W, U and T are split
        between them.
        """
        digest = hashlib.sha256(self.text.encode()).digest()
        return LATER.get(self.id[0], ("development", "test"))[digest[0] % 2]


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_judged(papers: Sequence[Paper]) -> list[Judged]:
    """Read every question; raises ``ValueError`` if a judged title is no paper of the lists."""
    from rapidfuzz import fuzz, process

    ids = {}
    for paper in papers:
        for title in (paper.title, *paper.aliases, *(m.title for m in paper.mentions)):
            ids.setdefault(name_key(title), paper.id)
            if core := core_of(title):
                ids.setdefault(name_key(core), paper.id)
    grades: dict[str, dict[str, int]] = {}
    for row in _rows("qrels.tsv"):
        key = name_key(row["title"])
        if key not in ids:  # LaTeX and broken characters are written otherwise in the raw lists
            near = process.extractOne(key, ids.keys(), scorer=fuzz.ratio, score_cutoff=88)
            if near is None:
                raise ValueError(f"No paper is called “{row['title']}”")
            key = near[0]
        held = grades.setdefault(row["id"], {})
        held[ids[key]] = max(held.get(ids[key], 0), int(row["grade"]))
    return [
        Judged(row["id"], row["kind"], row["question"], grades.get(row["id"], {}))
        for row in _rows("questions.tsv")
    ]
