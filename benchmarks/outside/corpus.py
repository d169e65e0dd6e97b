"""A corpus of outside papers as a reading list that paperbot builds its own index of."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.systems import without_summaries
from paperbot import Assistant, Settings
from paperbot.indexing.encoders import EncoderChoice, packaged_adapter
from paperbot.indexing.sources import Sources

Lacking = Literal["adapter", "summaries"]


@dataclass(frozen=True, slots=True)
class Row:
    """What the list says of a paper. ``id`` is the judged set's own and is not written."""

    id: str
    title: str
    year: int | None = None
    venue: str | None = None
    citations: int | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """An index over the rows, and paperbot's id of each paper by the judged set's."""

    assistant: Assistant
    ids: dict[str, str]

    def grades(self, wanted: Sequence[str]) -> dict[str, int]:
        """Give grade 1 to each paper wanted."""
        return {self.ids[one]: 1 for one in wanted}


def build(
    rows: Sequence[Row], folder: Path, *, lacking: Lacking | None = None, counted: str = ""
) -> Corpus:
    """Write the rows as a list below ``folder`` and build its index with paperbot's own code.

    ``counted`` is the date (ISO) of the citation counts. The curated files are the project's, but
    that ``lacking`` summaries there are none; lacking the adapter the encoder is MiniLM as it was
    published.
    """
    lists = folder / "lists"
    lists.mkdir(parents=True)
    with (lists / "corpus.csv").open("w", newline="") as file:
        if counted:
            file.write(f"---\ndate: {counted}\n---\n")
        table = csv.writer(file)
        table.writerow(["Title", "Year", "Venue", "Citations"])
        table.writerows([row.title, row.year, row.venue, row.citations] for row in rows)
    settings = Settings.load()
    choice = EncoderChoice(
        None,
        None if lacking == "adapter" else packaged_adapter(),
        (settings.index_dir / "encoder", *filter(None, [settings.encoder_dir])),
    )
    curated = settings.data_dir
    if lacking == "summaries":
        curated = without_summaries(curated, folder)
    sources = Sources(lists, curated)
    assistant = Assistant(
        sources, folder / "index", choice, say=lambda line: print(line, file=sys.stderr)
    )
    assistant.refresh()
    ids = {
        rows[mention.order].id: paper.id
        for paper in assistant._snapshot().corpus.catalogue.all_papers()
        for mention in paper.mentions
    }
    if len(ids) != len(rows):
        raise ValueError(f"{len(ids)} of {len(rows)} rows became papers of {lists}")
    return Corpus(assistant, ids)
