"""``lists add``: the list and section meant, what stands there already, one write at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from paperbot.errors import AlreadyListed, ListsError, UsageError
from paperbot.lists.adding.add import Added, add_entry
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.own import entry_of
from paperbot.lists.evidence import FURNITURE
from paperbot.lists.files import find_lists, read_bytes
from paperbot.lists.headings import matching, unknown_section
from paperbot.lists.identity import keys_of
from paperbot.lists.links import identifier
from paperbot.lists.matching import group_entries
from paperbot.lists.parsing import parse
from paperbot.lists.values import Entry, ParsedList
from paperbot.lists.writing import locked, replace_file
from paperbot.paper import SectionPath


@dataclass(frozen=True, slots=True)
class Written:
    """One entry as it stands now: list, line, its raw lines, and what the shape had no place for.

    ``doubts`` are what ``lists check`` will say of it.
    """

    file: str
    line: int
    text: str
    left_out: tuple[str, ...]
    remarks: tuple[str, ...]
    doubts: tuple[str, ...]


def add_to_lists(
    folder: Path,
    new: Sequence[NewEntry],
    *,
    list_name: str | None,
    section: str | None,
    this_year: int,
    again: bool = False,
    write: bool = True,
) -> list[Written]:
    """Adds entries to the end of a section of one list; all of them, or none.

    ``again`` allows a paper that another list holds already. With ``write=False`` nothing is
    written. Raises ``UsageError`` where list or section are not clear, ``AlreadyListed`` with the
    place, and ``ListsError`` where the list cannot take an entry.
    """
    with locked(folder):
        read = _read(folder, this_year)
        parsed, path = choose([one for one, _ in read.values()], list_name, section)
        was = data = read[parsed.name][1]
        written: list[Written] = []
        for one in new:
            lists = [parsed if name == parsed.name else p for name, (p, _) in read.items()]
            refuse_known(one, parsed.name, lists, again=again)
            added = add_entry(data, parsed, path, one, this_year=this_year)
            written.append(_told(added, parsed, data))
            data, parsed = added.data, added.parsed
        if write:
            replace_file(folder / parsed.name, data, was=was)
        return written


def _read(folder: Path, this_year: int) -> dict[str, tuple[ParsedList, bytes]]:
    """Every list of the folder by its name, read, with its bytes."""
    found: dict[str, tuple[ParsedList, bytes]] = {}
    for path in find_lists(folder):
        name = path.relative_to(folder).as_posix()
        data = read_bytes(path)
        found[name] = (parse(data, name, this_year=this_year), data)
    if not found:
        raise ListsError(f"{folder}: no reading list there · put one in, or: paperbot lists import")
    return found


def choose(
    lists: Sequence[ParsedList], list_name: str | None, section: str | None
) -> tuple[ParsedList, SectionPath]:
    """The list and the section that are meant; raises ``UsageError`` where that is not clear."""
    named = list(lists) if list_name is None else _called(lists, list_name)
    if section is None:
        return _without_section(named)
    found = [
        (one, paths)
        for one in named
        if (paths := matching([s.path for s in one.sections], section, parts=False))
    ]
    if not found:
        raise UsageError(unknown_section(section, [s.path for one in named for s in one.sections]))
    if len(found) > 1:
        names = " · ".join(one.name for one, _ in found)
        raise UsageError(f"A section “{section}” stands in several lists; say --list: {names}")
    parsed, paths = found[0]
    if len(paths) > 1:
        shown = " · ".join(f"“{' > '.join(path)}”" for path in paths)
        raise UsageError(f"Several sections are called “{section}”; give the whole path: {shown}")
    if FURNITURE.match(paths[0][-1]):
        raise UsageError(
            f"“{paths[0][-1]}” is where {parsed.name} keeps house; no paper is read there. "
            "Choose another section."
        )
    return parsed, paths[0]


def _called(lists: Sequence[ParsedList], name: str) -> list[ParsedList]:
    """The list of a name: its path in the folder, its file's name, or that without its suffix."""
    for form in (
        lambda one: one.name,
        lambda one: PurePosixPath(one.name).name,
        lambda one: PurePosixPath(one.name).stem,
    ):
        found = [one for one in lists if form(one).lower() == name.lower()]
        if len(found) > 1:
            names = " · ".join(one.name for one in found)
            raise UsageError(f"Several lists are called “{name}”: {names}")
        if found:
            return found
    known = " · ".join(one.name for one in lists)
    raise UsageError(f"No list is called “{name}”. There are: {known}")


def _without_section(lists: Sequence[ParsedList]) -> tuple[ParsedList, SectionPath]:
    """The one list, if it has but one place for entries."""
    if len(lists) > 1:
        names = " · ".join(one.name for one in lists)
        raise UsageError(f"Say where the paper belongs: --section, and --list, one of {names}")
    paths = list(dict.fromkeys(entry.section for entry in lists[0].entries))
    if len(paths) == 1:
        return lists[0], paths[0]
    shown = " · ".join(dict.fromkeys(f"“{path[-1]}”" for path in paths if path))
    raise UsageError(f"Say which section of {lists[0].name} with --section: {shown}")


def refuse_known(
    new: NewEntry, target: str, lists: Sequence[ParsedList], *, again: bool = False
) -> None:
    """Raises ``AlreadyListed`` where a list holds the work: by link, title, or a title misspelt."""
    entries = [entry for one in lists for entry in one.entries]
    fresh = entry_of(new)
    keys = keys_of(new.title, fresh.links)
    groups = group_entries([*entries, Entry(new.title, "", 0, keys=keys, links=fresh.links)], {})
    own = next(group for group in groups.members if group[-1] == len(entries))
    known = [entries[at] for at in own[:-1]]
    named = {name for url in new.links if (name := identifier(url)) is not None}
    known += [entry for entry in entries if named & set(entry.keys) and entry not in known]
    known.sort(key=lambda entry: (entry.file != target, entry.file, entry.line))
    if not known or (again and known[0].file != target):
        return
    first, *others = known
    more = "".join(f", {entry.file}:{entry.line}" for entry in others)
    same = "" if first.title == new.title else f", as “{first.title}”"
    hint = "" if first.file == target else " · --again adds it to this list too"
    raise AlreadyListed(
        f"{first.file}:{first.line}: “{new.title}” stands there already{same}{more and '; also'}"
        f"{more.removeprefix(',')}{hint}"
    )


def _told(added: Added, before: ParsedList, data: bytes) -> Written:
    was, now = data.splitlines(), added.data.splitlines()
    begin = next((at for at, pair in enumerate(zip(was, now)) if pair[0] != pair[1]), len(was))  # noqa: B905
    new = now[begin : begin + len(now) - len(was)]
    text = "\n".join(line.decode("utf-8", errors="replace") for line in new).strip("\n")
    fresh = [str(p) for p in added.parsed.problems if p.line == added.entry.line]
    return Written(before.name, added.entry.line, text, added.left_out, added.remarks, tuple(fresh))
