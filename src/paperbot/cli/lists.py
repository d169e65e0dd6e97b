"""``paperbot lists``: check, add, import and export, without index or model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from paperbot.cli.changing import add, import_lists
from paperbot.cli.doors import out, say
from paperbot.cli.exporting import export

lists_app = typer.Typer(
    help="Check, extend, import and export the reading lists.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@lists_app.callback()
def lists() -> None:
    """Check, extend, import and export the reading lists."""


@lists_app.command(epilog="Example: paperbot lists check my-list.md --json")
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Lists to check; all of the lists folder if none.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell what was read, and every line that could not be placed. Exit 1 if one is a fault."""
    from paperbot.assistant.checking import check_lists

    if files:
        report = check_lists(files)
    else:
        from paperbot.settings import Settings

        settings = Settings.load()
        report = check_lists(settings.lists_dir, settings.data_dir)
    if as_json:
        out(json.dumps(report.record, ensure_ascii=False, indent=1))
    else:
        for line in report.problems:
            out(line)
        say(
            f"{report.entries:,} entries, {report.papers:,} papers, {report.sections:,} sections; "
            f"{report.faults:,} lines could not be placed, "
            f"{len(report.problems) - report.faults:,} were left out on purpose."
        )
    if report.faults:
        raise typer.Exit(1)


lists_app.command(
    epilog='Example: paperbot lists add "Title" --section Pruning --link 2401.00001 --year 2024'
)(add)
lists_app.command("import", epilog="Example: paperbot lists import agents.md --dry-run")(
    import_lists
)
lists_app.command(
    epilog='Example: paperbot lists export --format bibtex --section "KV Cache" -o kv.bib'
)(export)
