"""A new record for a BibTeX, CSV, YAML or JSON list, in that list's own format."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator

from paperbot.errors import ListsError
from paperbot.lists.adding.nested import json_proposals, yaml_proposals
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.own import entry_of
from paperbot.lists.adding.source import Source
from paperbot.lists.columns import header_role
from paperbot.lists.text import squeeze
from paperbot.lists.values import ParsedList
from paperbot.paper import Kind, SectionPath

Writer = Callable[[Source, ParsedList, SectionPath, NewEntry], Iterator[bytes]]


def bibtex_proposals(
    source: Source, parsed: ParsedList, section: SectionPath, new: NewEntry
) -> Iterator[bytes]:
    """The library with one more record at its end, indented as the others are."""
    from paperbot.lists.export.bibtex import record_text

    taken = {key.lower() for key in re.findall(r"@\w+\s*[{(]\s*([^,\s]+)\s*,", source.text)}
    found = re.search(r"@\w+\s*\{[^,\n]*,[ \t]*\r?\n([ \t]+)\S", source.text)
    if new.source is not None and (key := re.match(r"@\w+\s*\{\s*([^,\s]+)", new.source)):
        if key[1].lower() not in taken:
            yield _at_end(source, re.split(r"\r\n|\r|\n", new.source), blank=1)
    record = record_text(entry_of(new), taken, indent=found[1] if found else "  ").rstrip("\n")
    yield _at_end(source, record.split("\n"), blank=1)


def _at_end(source: Source, lines: list[str], *, blank: int) -> bytes:
    """The list with lines behind its last line, an empty line before them where there is none."""
    count = len(source.lines) - (not source.lines[-1])
    trailing = 0
    while trailing < count and not source.lines[count - 1 - trailing].strip():
        trailing += 1
    return source.after_line(count, [*[""] * max(blank - trailing, 0), *lines])


_NAMES = {
    "publication year": "year", "publication title": "venue", "conference name": "venue",
    "proceedings title": "venue", "author": "authors", "abstract note": "note", "abstract": "note",
    "doi": "doi", "url": "link", "citation count": "citations", "citationcount": "citations",
    "manual tags": "tags", "tags": "tags", "labels": "tags", "keywords": "tags",
    "section": "section", "category": "section", "item type": "kind", "kind": "nothing",
    "arxiv": "arxiv", "arxiv id": "arxiv", "arxiv_id": "arxiv", "key": "nothing",
    "pages": "nothing", "also called": "nothing",
}  # fmt: skip
_ITEM_TYPES: dict[Kind, str] = {"thesis": "thesis", "book": "book", "blog": "blogPost",
                                "tool": "computerProgram", "dataset": "dataset",
                                "video": "videoRecording"}  # fmt: skip


def csv_proposals(
    source: Source, parsed: ParsedList, section: SectionPath, new: NewEntry
) -> Iterator[bytes]:
    """The table with one more row after the last of its section, quoted as the others are."""
    text = "\n".join(source.lines)
    first = next((line for line in source.lines if line.strip()), "")
    delimiter = max("\t,;|", key=lambda char: (first.count(char), text[:4000].count(char)))
    rows = _rows(text, delimiter)
    header = rows[0][1]
    roles = [_NAMES.get(squeeze(name).lower()) or header_role(name) or "nothing" for name in header]
    if section and "section" not in roles:
        raise ListsError(f"{parsed.name}: the table has no column for a section")
    held = [entry.line for entry in parsed.entries if entry.section == section]
    last = max(held or [rows[-1][0]])
    end = next(end for begin, _, end in rows if begin == last)
    columns = list(zip(*[values for _, values, _ in rows[1:] if len(values) == len(header)],
                       strict=True))  # fmt: skip
    values = _csv_values(roles, columns, section, new)
    quoted = source.lines[last - 1].lstrip().startswith('"') and '"' in source.lines[end - 1][-2:]
    file = io.StringIO()
    csv.writer(
        file,
        delimiter=delimiter,
        lineterminator="",
        quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
    ).writerow(values)
    yield source.after_line(end, file.getvalue().split("\n"))


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str], int]]:
    """Each record with its first and last line, from 1."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    rows = []
    begin = 1
    for values in reader:
        if any(value.strip() for value in values):
            rows.append((begin, values, reader.line_num))
        begin = reader.line_num + 1
    return rows


def _csv_values(
    roles: list[str], columns: list[tuple[str, ...]], section: SectionPath, new: NewEntry
) -> list[str]:
    """One cell a column; a value goes to each column that holds its like, a link to one."""
    link = new.links[0] if new.links else ""
    doi = re.search(r"doi\.org/(10\.\S+)", link)
    arxiv = re.search(r"arxiv\.org/\w+/(\d{4}\.\d{4,5})", link)
    named = "link" in roles
    given = {
        "title": new.title,
        "year": str(new.year or ""),
        "venue": new.venue or "",
        "citations": "" if new.citations is None else str(new.citations),
        "note": new.note or "",
        "link": link,
        "doi": doi[1] if doi else "",
        "arxiv": arxiv[1] if arxiv and not named else "",
        "stars": "★" * new.starred,
        "section": section[-1] if section else "",
        "tags": ", ".join(new.labels),
        "label": ", ".join(new.labels),
        "kind": _ITEM_TYPES.get(new.kind, "") if new.kind else "",
    }
    cells = []
    for at, role in enumerate(roles):
        if role == "authors":
            others = columns[at] if at < len(columns) else ()
            cells.append(_people(new.authors, others))
        elif role == "venue" and "year" not in roles and new.year and _dated(columns, at):
            cells.append(f"{given['venue']} {new.year}".strip())
        else:
            cells.append(given.get(role, ""))
    return cells


def _dated(columns: list[tuple[str, ...]], at: int) -> bool:
    """Whether a column of venues has the year behind them."""
    cells = columns[at] if at < len(columns) else ()
    return any(re.search(r"\b(?:19|20)\d\d$", cell.strip()) for cell in cells)


def _people(people: tuple[str, ...], others: tuple[str, ...]) -> str:
    """Authors as the column's other cells have them."""
    family_first = any(re.match(r"[^,;\s]+, [^,;]+(?:;|$)", cell) for cell in others)
    if family_first:
        return "; ".join(", ".join(reversed(one.rsplit(" ", 1))) for one in people)
    commas = sum("," in cell for cell in others) > sum(";" in cell for cell in others)
    return (", " if commas else "; ").join(people)


WRITERS: dict[str, Writer] = {
    ".bib": bibtex_proposals,
    ".csv": csv_proposals,
    ".tsv": csv_proposals,
    ".json": json_proposals,
    ".yaml": yaml_proposals,
    ".yml": yaml_proposals,
}
"""Formats by suffix; all others are texts."""
