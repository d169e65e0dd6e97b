"""CSV and TSV tables: a lab's own, Zotero's, Semantic Scholar's."""

from __future__ import annotations

import ast
import csv
import io
import re
import sys
from collections.abc import Iterator

from paperbot.lists.blocks import inline
from paperbot.lists.columns import header_role, roles_of
from paperbot.lists.draft import trim_url
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import Habits
from paperbot.lists.outline import Outline
from paperbot.lists.rows import read_row
from paperbot.lists.text import squeeze

_EXPORTED = {
    "item type": "kind", "publication year": "year", "author": "authors",
    "publication title": "venue",
    "abstract note": "note", "manual tags": "tags", "automatic tags": "", "doi": "doi",
    "url": "link",
    "conference name": "venue", "proceedings title": "venue", "date": "year", "extra": "",
    "key": "",
    "citation count": "citations", "citationcount": "citations", "externalids": "", "arxiv": "doi",
    "arxiv id": "doi", "arxiv_id": "doi", "section": "section", "category": "section",
    "abstract": "note",
    "paperid": "", "corpusid": "", "referencecount": "", "influentialcitationcount": "",
    "isopenaccess": "", "pdf url": "link", "openaccesspdf": "link", "file attachments": "", "link attachments": "",
    "date added": "", "date modified": "", "access date": "", "isbn": "", "issn": "", "pages": "",
}  # fmt: skip
"""Columns of exports; an empty role is a column that tells nothing of use."""


def read_csv(text: str, name: str, habits: Habits) -> Outline:
    """The rows of a table in a text file, its first row the header."""
    walk = Outline(name, habits)
    rows = list(_rows(text, walk))
    if not rows:
        return walk
    line, header = rows[0]
    named = [_EXPORTED.get(squeeze(cell).lower()) for cell in header]
    known = sum(
        role is not None or header_role(cell) is not None
        for role, cell in zip(named, header, strict=True)
    )
    cells = [(at, [_cell(value, at) for value in values]) for at, values in rows]
    if not known:
        roles = roles_of([], [row for _, row in cells], habits)
        if "title" not in roles or not {"link", "venue"} & set(roles):
            walk.report(
                line,
                "a table without a header row",
                "name the columns: Title, Authors, Year, Link …",
            )
            return walk
        for at, row in cells:
            _read(walk, at, row, roles)
        return walk
    cells = cells[1:]
    roles = roles_of([Text(cell, [], line) for cell in header], [row for _, row in cells], habits)
    if "title" not in roles:
        walk.report(line, "a table in which no column holds titles", "name a column “Title”")
        return walk
    roles = [
        role if role == "title" or given is None else given or "nothing"
        for role, given in zip(roles, [*named, *[None] * len(roles)], strict=False)
    ]
    for at, row in cells:
        _read(walk, at, row, roles)
    return walk


def _rows(text: str, walk: Outline) -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    sample = "\n".join(text.split("\n", 20)[:20])
    comma = max("\t,;|", key=lambda c: (sample.split("\n")[0].count(c), sample.count(c)))
    reader = csv.reader(io.StringIO(text), delimiter=comma)
    begin = 1
    while True:
        try:
            values = next(reader, None)
        except csv.Error as error:
            walk.report(begin, f"a row that cannot be read ({error})", "check its quotation marks")
            begin = reader.line_num + 1
            continue
        if values is None:
            return
        if any(value.strip() for value in values):
            yield begin, values
        begin = reader.line_num + 1


def _cell(value: str, line: int) -> Text:
    value = value.strip()
    if "](" in value or "<a " in value:
        return inline(value, line)
    if value.startswith("[") and value.endswith("]"):
        value = "; ".join(_literal(value)) or value
    if re.fullmatch(r"https?://\S+", value):
        return Text(value, [Span(0, len(value), "link", trim_url(value))], line)
    return Text(squeeze(value), [], line)


def _literal(value: str) -> list[str]:
    """``['Ann Li', 'Bob Ray']``, as programs write a list into a cell."""
    if len(value) > 20_000:
        return []
    try:
        parts = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return []
    return (
        [str(p.get("name", p)) if isinstance(p, dict) else str(p) for p in parts]
        if isinstance(parts, list)
        else []
    )


def _read(walk: Outline, line: int, row: list[Text], roles: list[str]) -> None:
    if "section" in roles:
        at = roles.index("section")
        heading = squeeze(row[at].text) if at < len(row) else ""
        if heading != (walk.path[-1] if walk.path else ""):
            walk.enter(1, heading, line)
    draft = read_row(row, roles, line, walk.habits, walk.name)
    if draft is None:
        if any(cell.text for cell in row):
            walk.report(line, "a row without a title", "fill its title, or delete the row")
        return
    walk.add(draft)
