"""``paperbot lists add`` and ``import``: what writes into the lists folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paperbot.cli.doors import out, say

if TYPE_CHECKING:
    from paperbot.lists.adding.new import NewEntry
    from paperbot.lists.importing import Incoming
    from paperbot.paper import Kind

SHOWN = 20
"""Doubts and known papers that an import shows of each list; all of them with --all."""


def add(
    paper: Annotated[
        str | None,
        typer.Argument(help="Title; or a link, arXiv id or DOI with --title; - reads BibTeX."),
    ] = None,
    section: Annotated[str | None, typer.Option(help="Heading, or path “A > B”.")] = None,
    link: Annotated[list[str] | None, typer.Option(help="URL, arXiv id or DOI.")] = None,
    list_name: Annotated[
        str | None, typer.Option("--list", help="Which list, where several could be meant.")
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the paper that a link names.")] = None,
    authors: Annotated[str | None, typer.Option(help="“Ann Li; Bob Roe”.")] = None,
    year: Annotated[str | None, typer.Option(help="Year of publication.")] = None,
    venue: Annotated[str | None, typer.Option(help="Conference or journal.")] = None,
    citations: Annotated[int | None, typer.Option(min=0, help="How often it is cited.")] = None,
    star: Annotated[bool, typer.Option("--star", help="Recommend it.")] = False,
    note: Annotated[str | None, typer.Option(help="A remark, in one line.")] = None,
    kind: Annotated[str | None, typer.Option(help="What it is, if no paper: blog, tool …")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Add it though another list has it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the line; write nothing.")
    ] = False,
) -> None:
    """Add a paper to a list, in that list's own shape; every other byte stays."""
    from datetime import UTC, datetime

    from paperbot.lists.adding.asked import from_bibtex
    from paperbot.lists.adding.task import add_to_lists
    from paperbot.settings import Settings

    this_year = datetime.now(UTC).year
    more = _options(authors, year, venue, citations, note, kind, star=star, this_year=this_year)
    if title is None and (paper == "-" or (paper is None and not sys.stdin.isatty())):
        new = [_over(one, link, more) for one in from_bibtex(sys.stdin.read(), this_year=this_year)]
    else:
        new = [_asked(paper, title, link, more)]
    written = add_to_lists(
        Settings.load().lists_dir,
        new,
        list_name=list_name,
        section=section,
        this_year=this_year,
        again=again,
        write=not dry_run,
    )
    for one in written:
        out(f"{one.file}:{one.line}: {one.text}")
        if one.left_out:
            say(f"{one.file} has no place for: {', '.join(one.left_out)}; left out.")
        for remark in (*one.remarks, *one.doubts):
            say(remark)
    if dry_run:
        say("Nothing is written: --dry-run.")


def _options(
    authors: str | None,
    year: str | None,
    venue: str | None,
    citations: int | None,
    note: str | None,
    kind: str | None,
    *,
    star: bool,
    this_year: int,
) -> NewEntry:
    """What the options say, as an entry without a title."""
    from typing import get_args

    from paperbot.errors import UsageError
    from paperbot.lists.adding.asked import people
    from paperbot.lists.adding.new import NewEntry, cleaned
    from paperbot.paper import Kind

    if kind is not None and kind not in get_args(Kind):
        raise UsageError(f"--kind {kind} is unknown; choose one of {', '.join(get_args(Kind))}.")
    if year is not None and not (year.isdecimal() and 1000 <= int(year) <= this_year + 1):
        raise UsageError(f"--year {year} is not a year; write four digits, such as 2023.")
    named: Kind | None = kind  # type: ignore[assignment]
    return NewEntry(
        title="",
        authors=people(authors or ""),
        year=int(year) if year else None,
        venue=cleaned(venue or "") or None,
        citations=citations,
        starred=star,
        note=cleaned(note or "") or None,
        kind=named,
    )


def _asked(
    paper: str | None, title: str | None, links: list[str] | None, more: NewEntry
) -> NewEntry:
    """The entry of an argument that is a title or a link."""
    from dataclasses import replace

    from paperbot.errors import UsageError
    from paperbot.lists.adding.asked import checked_link, checked_title, link_of

    given = [checked_link(one) for one in links or ()]
    own = link_of(paper or "")
    if own is not None:
        given.insert(0, own)
    elif paper is not None and title is not None:
        raise UsageError(f"Two titles are given: “{paper}” and “{title}”; give one.")
    name = title if title is not None else paper if own is None else None
    if name is None:
        if own is None:
            raise UsageError('Give a title, such as: paperbot lists add "Title" --section …')
        raise UsageError(
            f"{paper} needs its title, for paperbot asks no network: "
            f'paperbot lists add {paper} --title "…"'
        )
    return replace(more, title=checked_title(name), links=tuple(dict.fromkeys(given)))


def _over(read: NewEntry, links: list[str] | None, more: NewEntry) -> NewEntry:
    """An entry of BibTeX with what options say in the place of what it says."""
    from dataclasses import replace

    from paperbot.lists.adding.asked import checked_link

    given = (*(checked_link(one) for one in links or ()), *read.links)
    said = {name: value for name in ("authors", "year", "venue", "citations", "note", "kind")
            if (value := getattr(more, name)) not in (None, ())}  # fmt: skip
    changed = bool(said or links or more.starred)
    return replace(
        read,
        links=tuple(dict.fromkeys(given)),
        starred=more.starred,
        source=None if changed else read.source,
        **said,
    )


def import_lists(
    where: Annotated[Path, typer.Argument(help="A list, or a folder of lists.")],
    name: Annotated[
        str | None, typer.Option("--as", help="What the list is to be called here.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take the place of a list of the same name.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what is in it; copy nothing.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help=f"Show all doubts, not {SHOWN} of each list.")
    ] = False,
) -> None:
    """Show what a list holds and copy it into the lists folder, byte for byte."""
    from datetime import UTC, datetime

    from paperbot.lists.importing import bring_in, look
    from paperbot.settings import Settings

    folder = Settings.load().lists_dir
    incoming, passed = look(where, folder, this_year=datetime.now(UTC).year, name=name)
    for one in incoming:
        _show(one, None if everything else SHOWN)
    for reason in passed:
        say(f"Left out: {reason}")
    if dry_run:
        say("Nothing is copied: --dry-run.")
        return
    written = bring_in(incoming, folder, replace=replace)
    for done in written:
        say(f"Copied to {folder / done}")
    if not written:
        say("Nothing to copy: all of it is there already.")


def _show(one: Incoming, most: int | None) -> None:
    """What an import found in one list."""
    parsed = one.parsed
    counts = ", ".join(
        f"{count:,} {kind}{'s' * (count != 1 and kind != 'other')}"
        for kind, count in one.kinds.items()
    )
    sections = sum(bool(section.path) for section in parsed.sections)
    out(f"{one.name}: {counts}; {sections:,} section{'s' * (sections != 1)}")
    doubts = [str(problem) for problem in parsed.problems if not problem.aside]
    known = [
        f"{entry.file}:{entry.line}: “{entry.title}” is at {held.file}:{held.line} already"
        for entry, held in one.known
    ]
    for what, lines in (("doubts", doubts), ("known already", known)):
        if lines:
            out(f"  {what}: {len(lines):,}")
        for line in lines[:most]:
            out(f"    {line}")
        if most is not None and len(lines) > most:
            out(f"    … and {len(lines) - most:,} more (--all)")
