"""``lists export``: lists, a section, or given papers as one text of a format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

from paperbot.errors import UsageError
from paperbot.lists.canonical.writing import entries_text, list_text
from paperbot.lists.export.csv import csv_text
from paperbot.lists.export.items import in_list_order, items_of, merged, of_section
from paperbot.lists.export.json import json_text
from paperbot.lists.files import find_lists, read_bytes
from paperbot.lists.joining import join
from paperbot.lists.parsing import parse
from paperbot.lists.values import ParsedList
from paperbot.paper import Paper

Format = Literal["markdown", "bibtex", "csv", "json"]
SUFFIX: dict[Format, str] = {"markdown": ".md", "bibtex": ".bib", "csv": ".csv", "json": ".json"}


def format_of(given: str | None, output: Path | None) -> Format:
    """The format asked for, else that of the output's name, else Markdown."""
    for name, suffix in SUFFIX.items():
        if given == name or (given is None and output and output.suffix.lower() == suffix):
            return name
    if given is not None:
        raise UsageError(f"--format {given} is unknown; choose one of {', '.join(SUFFIX)}.")
    return "markdown"


def read_named(folder: Path, names: Sequence[str], *, this_year: int) -> list[ParsedList]:
    """The lists of a folder, or those of them that are named; raises ``UsageError``."""
    lists = [
        parse(read_bytes(path), path.relative_to(folder).as_posix(), this_year=this_year)
        for path in find_lists(folder)
    ]
    if not names:
        return lists
    for name in names:
        if not any(_is_called(one, name) for one in lists):
            known = " · ".join(one.name for one in lists)
            raise UsageError(f"No list is called “{name}”. There are: {known}")
    return [one for one in lists if any(_is_called(one, name) for name in names)]


def _is_called(parsed: ParsedList, name: str) -> bool:
    path = PurePosixPath(parsed.name)
    return name.lower() in (parsed.name.lower(), path.name.lower(), path.stem.lower())


@dataclass(frozen=True, slots=True)
class Exported:
    """A finished text and how many entries it holds."""

    text: str
    count: int


def export_lists(lists: Sequence[ParsedList], form: Format, section: str | None = None) -> Exported:
    """All of the lists, or one section of them, in the order of the lists.

    Markdown of whole lists has every entry as its list states it; all else has each work once.
    """
    if form == "markdown" and section is None:
        return Exported(list_text(merged(lists)), sum(len(one.entries) for one in lists))
    reading = join(lists)
    papers = in_list_order(reading) if section is None else of_section(reading, section)
    return export_papers(papers, form, title=section)


def export_papers(papers: Sequence[Paper], form: Format, *, title: str | None = None) -> Exported:
    """Papers in the order given, such as an answer's."""
    items = items_of(papers)
    if form == "markdown":
        text = entries_text([(item.entry, item.sections) for item in items], title)
    elif form == "csv":
        text = csv_text(items)
    elif form == "json":
        text = json_text(items)
    else:
        from paperbot.lists.export.bibtex import bibtex_text  # bibtexparser: for BibTeX alone

        text = bibtex_text(items)
    return Exported(text, len(items))
