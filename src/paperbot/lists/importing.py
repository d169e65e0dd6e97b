"""Lists of others taken into the lab's own folder, as they are, after telling what they hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paperbot.errors import ListsError, UsageError
from paperbot.lists.files import HOUSE, SUFFIXES, find_lists, read_bytes
from paperbot.lists.matching import group_entries
from paperbot.lists.parsing import parse
from paperbot.lists.values import Entry, ParsedList
from paperbot.lists.writing import locked, replace_file


@dataclass(frozen=True, slots=True)
class Incoming:
    """One list to import: its bytes, how it was read, and which entries the lab has already.

    ``name`` is what it will be called below the lists folder. ``known`` pairs an entry with the
    first place where the lab's lists hold the same work. ``there`` are the bytes of a list that
    has that name already, ``None`` where none has.
    """

    source: Path
    name: str
    data: bytes
    parsed: ParsedList
    known: tuple[tuple[Entry, Entry], ...]
    there: bytes | None

    @property
    def kinds(self) -> dict[str, int]:
        """How many entries are of each kind; papers and surveys count as papers."""
        kinds = ("paper" if e.kind == "survey" else e.kind for e in self.parsed.entries)
        return dict(Counter(kinds).most_common())


def look(
    where: Path, folder: Path, *, this_year: int, name: str | None = None
) -> tuple[list[Incoming], list[str]]:
    """What an import of a file or folder would bring, and which files of a folder are no lists.

    Nothing is written. Raises ``ListsError`` for what cannot be read or is no list, ``UsageError``
    for a name that no list can have.
    """
    if where.is_dir():
        if name is not None:
            raise UsageError("--as names one list; a folder's lists keep their names.")
        pairs = [(path, path.relative_to(where).as_posix()) for path in find_lists(where)]
    elif where.exists():
        pairs = [(where, name or where.name)]
    else:
        raise ListsError(f"{where}: no such file or folder · check the path")
    own = [
        parse(read_bytes(path), path.relative_to(folder).as_posix(), this_year=this_year)
        for path in (find_lists(folder) if folder.is_dir() else ())
    ]
    incoming: list[Incoming] = []
    passed = [
        f"{path}: by its name no list · import it alone, with --as NAME{path.suffix}"
        for path in (sorted(where.rglob("*")) if where.is_dir() else ())
        if HOUSE.fullmatch(path.stem) and path.suffix.lower() in SUFFIXES
    ]
    for path, called in pairs:
        try:
            incoming.append(_incoming(path, called, folder, own, this_year))
        except ListsError as error:
            if not where.is_dir():
                raise
            passed.append(str(error))
    if not incoming:
        raise ListsError(f"{where}: no reading list there · " + _accepted())
    return incoming, passed


def _accepted() -> str:
    return f"a list is a file of {', '.join(SUFFIXES)} that names papers"


def _incoming(
    path: Path, name: str, folder: Path, own: Sequence[ParsedList], this_year: int
) -> Incoming:
    if path.suffix.lower() not in SUFFIXES:
        raise ListsError(f"{path}: no reading list: {_accepted()}")
    _check_name(name, path)
    data = read_bytes(path)
    parsed = parse(data, name, this_year=this_year)
    if not parsed.entries:
        why = parsed.problems[0].what if parsed.problems else "no entry found in this file"
        raise ListsError(f"{path}: no reading list: {why} · {_accepted()}")
    target = folder / name
    there = read_bytes(target) if target.is_file() else None
    others = [one for one in own if one.name != name]
    return Incoming(path, name, data, parsed, _known(parsed, others), there)


def _check_name(name: str, path: Path) -> None:
    """Raises ``UsageError`` for a name under which paperbot would not find the list again."""
    inside = Path(name)
    if inside.is_absolute() or ".." in inside.parts or not inside.name:
        raise UsageError(f"--as {name}: give a name inside the lists folder, such as agents.md.")
    if inside.suffix.lower() != path.suffix.lower():
        raise UsageError(f"--as {name}: end it in {path.suffix}, as the file does.")
    if not is_list_name(inside):
        raise UsageError(
            f"{path}: a file called {inside.name} is not taken for a list; give it a name of its "
            f"own: --as {path.resolve().parent.name or 'papers'}{path.suffix}"
        )


def is_list_name(inside: Path) -> bool:
    """Whether a file of that name in the lists folder is read as a list."""
    hidden = any(part.startswith((".", "~")) for part in inside.parts)
    return not hidden and not HOUSE.fullmatch(inside.stem)


def _known(parsed: ParsedList, own: Sequence[ParsedList]) -> tuple[tuple[Entry, Entry], ...]:
    """The entries whose work the lab's lists hold, each with the first place there."""
    theirs = [entry for one in own for entry in one.entries]
    groups = group_entries([*theirs, *parsed.entries], {})
    pairs = []
    for members in groups.members:
        held = [at for at in members if at < len(theirs)]
        pairs += [
            (parsed.entries[at - len(theirs)], theirs[held[0]])
            for at in members
            if held and at >= len(theirs)
        ]
    return tuple(sorted(pairs, key=lambda pair: pair[0].line))


def bring_in(incoming: Sequence[Incoming], folder: Path, *, replace: bool = False) -> list[str]:
    """Copies the lists, byte for byte; returns the names written.

    A list that is there already with the same bytes is left alone. Raises ``ListsError`` before
    anything is written where another list has a name that is wanted and ``replace`` is not given.
    """
    taken = [one for one in incoming if one.there not in (None, one.data)]
    if taken and not replace:
        names = " · ".join(one.name for one in taken)
        raise ListsError(
            f"{folder}: another list has that name already: {names} · choose one with --as, or "
            "--replace it; nothing is written"
        )
    folder.mkdir(parents=True, exist_ok=True)
    written: list[str] = []
    with locked(folder):
        for one in incoming:
            if one.there == one.data:
                continue
            target = folder / one.name
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, one.data, was=one.there)
            written.append(one.name)
    return written
