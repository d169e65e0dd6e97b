"""Entries as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from paperbot.lists.export.items import Item
from paperbot.paper import Role

COLUMNS = ("Title", "Also called", "Authors", "Year", "Venue", "Citations", "Stars", "Pages",
           "Kind", "Section", "Labels", "Link", "PDF", "Code", "Other links", "Notes")  # fmt: skip


def csv_text(items: Iterable[Item]) -> str:
    """A header row and a row an item; what is unknown is an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow(_row(item))
    return file.getvalue()


def _row(item: Item) -> list[str]:
    entry = item.entry

    def urls(*roles: Role) -> str:
        return " ".join(link.url for link in entry.links if link.role in roles)

    numbers = (entry.year, entry.citations, entry.pages)
    year, citations, pages = ("" if one is None else str(one) for one in numbers)
    return [
        entry.title,
        "; ".join(entry.aliases),
        "; ".join(entry.authors),
        year,
        entry.venue or "",
        citations,
        "★" * bool(entry.stars),
        pages,
        entry.kind,
        "; ".join(" > ".join(path) for path in item.sections),
        "; ".join(entry.labels),
        urls("paper"),
        urls("pdf"),
        urls("code"),
        urls("project", "slides", "video", "data", "blog", "other"),
        "\n\n".join(note.text for note in entry.notes),
    ]
