"""Reading lists that tutorial teachers wrote for their own field (acl-reading-lists)."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.judged import Judged
from benchmarks.outside.corpus import Corpus, Row

# The set does not say when its citations were counted; its newest papers are of 2023.
COUNTED = "2024-01-01"


@dataclass(frozen=True, slots=True)
class Expert:
    """A teacher's list: its title, what others call its topic, and its papers in order."""

    id: str
    title: str
    keywords: tuple[str, ...]
    sentences: tuple[str, ...]
    papers: tuple[str, ...]

    @property
    def half(self) -> str:
        """``development`` or ``report``: reading paths are set on the first half alone."""
        return "report" if zlib.crc32(self.id.encode()) % 2 else "development"


def read(folder: Path) -> tuple[list[Row], list[Expert]]:
    """Read the papers and the lists.

    Papers come in the order of a hash: the file has them list by list, in the teachers' order.
    """
    rows = [
        Row(one["_id"], one["title"], one["year"], one["venue"] or None, one["citations"])
        for one in _records(folder / "corpus.jsonl")
    ]
    rows.sort(key=lambda row: zlib.crc32(row.id.encode()))
    known = {row.id for row in rows}
    asked = {one["_id"]: one for one in _records(folder / "queries.jsonl")}
    experts = [
        Expert(
            one["_id"],
            one["title"],
            tuple(asked[one["_id"]]["keywords"]),
            tuple(asked[one["_id"]]["sentences"]),
            tuple(dict.fromkeys(p["_id"] for p in one["papers"] if p["_id"] in known)),
        )
        for one in _records(folder / "lists.jsonl")
    ]
    return rows, experts


def questions(experts: list[Expert], corpus: Corpus) -> list[Judged]:
    """Ask for each list by its title, and by each annotator's keywords and sentence."""
    return [
        Judged(f"{expert.id} {kind} {at}", kind, text, corpus.grades(expert.papers))
        for expert in experts
        for kind, texts in (("keywords", expert.keywords), ("sentence", expert.sentences))
        for at, text in enumerate(texts)
    ]


def _records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]
