"""``paperbot lists export``: lists, a section or an answer for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperbot.cli.doors import open_assistant, say

if TYPE_CHECKING:
    from paperbot.lists.export.task import Exported


def export(
    lists: Annotated[
        list[str] | None, typer.Argument(help="Lists by name; all of them if none.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", help="markdown, bibtex, csv or json.")
    ] = None,
    section: Annotated[str | None, typer.Option(help="One section, in its order.")] = None,
    question: Annotated[str | None, typer.Option(help="The answer to it, in its order.")] = None,
    count: Annotated[
        int | None, typer.Option("-n", "--count", help="How many papers of an answer (1 to 100).")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="A file; or a folder, for a file from each list."),
    ] = None,
) -> None:
    """Write the lists, a section or an answer as Markdown, BibTeX, CSV or JSON."""
    from datetime import UTC, datetime

    from paperbot.errors import UsageError
    from paperbot.lists.export.task import export_lists, export_papers, format_of, read_named
    from paperbot.settings import Settings

    chosen = format_of(form, output)
    if question is not None:
        if lists or section:
            raise UsageError("--question goes over all lists: leave out lists and --section.")
        hits = open_assistant().ask(question, count=count).hits
        papers = [hit.paper.as_listed() for hit in hits]
        _write(export_papers(papers, chosen, title=question), output)
        return
    if count is not None:
        raise UsageError("-n goes with --question; a section or list is exported whole.")
    folder = Settings.load().lists_dir
    parsed = read_named(folder, lists or [], this_year=datetime.now(UTC).year)
    if output is not None and output.is_dir():
        from paperbot.lists.export.task import SUFFIX

        for one in parsed:
            name = one.name.replace("/", "-").rsplit(".", 1)[0] + SUFFIX[chosen]
            _write(export_lists([one], chosen, section), output / name)
        return
    if chosen == "markdown" and section is None and len(parsed) > 1:
        say(
            f"{len(parsed)} lists in one text: which of them an entry stood in, and their dates, "
            "are not kept; -o FOLDER writes a file from each."
        )
    _write(export_lists(parsed, chosen, section), output)


def _write(exported: Exported, output: Path | None) -> None:
    """Put a text on standard output, or in a file in one step."""
    if output is None:
        sys.stdout.write(exported.text)
        return
    from paperbot.errors import UsageError
    from paperbot.lists.writing import replace_file
    from paperbot.settings import Settings

    if output.resolve().is_relative_to(Settings.load().lists_dir.resolve()):
        raise UsageError(f"{output} lies among the lab's lists; write it elsewhere.")
    there = output.read_bytes() if output.is_file() else None
    replace_file(output, exported.text.encode("utf-8", errors="replace"), was=there)
    say(f"{exported.count:,} entries in {output}")
