"""Markdown of paperbot's own shape as a list: what its fields say, and nothing guessed."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from typing import get_args

from paperbot.lists.canonical.escapes import unescape
from paperbot.lists.canonical.writing import MARKER
from paperbot.lists.identity import keys_of
from paperbot.lists.values import Entry, LooseNote, ParsedList, Problem
from paperbot.paper import Kind, Link, Note, Role, Section, SectionPath

_START = re.compile(rf"\ufeff?---\r?\n{re.escape(MARKER)}\s*?\r?\n")
_PAIR = re.compile(r"(title|date|permalink): (.+)")
_HEADING = re.compile(r"(#+)(?: +(.*))?$")
_QUOTE = re.compile(r"> ?(.*)$")
_TITLE = r"\*\*((?:\\.|[^\\*])+)\*\*( :\+1:)?\s*$"
_ITEM = re.compile(r"- " + _TITLE)
_NOTE_ON = re.compile(r"- note on " + _TITLE)
_FIELD = re.compile(r"  - (?:([a-z ]+): (.*)|\[([a-z]+)\]\((?:<(.*)>|([^<].*))\)\s*)$")
_MORE = re.compile(r" {4}(.*)$")
_NUMBERS = {"year": "year", "year of its link": "year", "citations": "citations", "pages": "pages"}


def is_canonical(source: str) -> bool:
    """Whether a text says of itself that it has this shape."""
    return bool(_START.match(source))


def read_canonical(source: str, name: str, *, this_year: int) -> ParsedList:
    """Reads such a text; a line that is no part of the shape is read as in any other list."""
    reader = _Reader(source, name, this_year)
    reader.read()
    return reader.done()


class _Reader:
    """One pass over the lines."""

    def __init__(self, source: str, name: str, this_year: int) -> None:
        self.lines = source.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
        self.name, self.this_year = name, this_year
        self.path: SectionPath = ()
        self.places: dict[SectionPath, tuple[int, list[str]]] = {}
        self.entries: list[Entry] = []
        self.notes: list[LooseNote] = []
        self.problems: list[Problem] = []
        self.front: dict[str, str] = {}

    def done(self) -> ParsedList:
        """The finished list."""
        title = self.front.get("title") or next((path[0] for path in self.places if path), None)
        return ParsedList(
            name=self.name,
            entries=tuple(self.entries),
            sections=tuple(
                Section(path, "\n".join(words) if words else None, order, self.name, line)
                for order, (path, (line, words)) in enumerate(self.places.items())
            ),
            notes=tuple(self.notes),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            title=title,
            date=_date(self.front.get("date")),
            permalink=self.front.get("permalink"),
        )

    def read(self) -> None:
        """Reads all lines."""
        at = self._front()
        while at < len(self.lines):
            at = self._part(at)

    def _front(self) -> int:
        for at, line in enumerate(self.lines[1:], 1):
            if line.strip() == "---":
                return at + 1
            if found := _PAIR.fullmatch(line.rstrip()):
                self.front[found[1]] = _unquoted(found[2])
        return len(self.lines)

    def _part(self, at: int) -> int:
        """The part that begins at a line; returns the line after it."""
        line = self.lines[at]
        if found := _HEADING.match(line):
            self._enter(len(found[1]), unescape((found[2] or "").strip()), at + 1)
        elif found := _QUOTE.match(line):
            self._place(at + 1)[1].append(unescape(found[1]))
        elif found := _ITEM.match(line):
            return self._item(at, unescape(found[1]), starred=bool(found[2]))
        elif found := _NOTE_ON.match(line):
            return self._loose_note(at, unescape(found[1]), starred=bool(found[2]))
        elif line.strip():
            return self._other(at)
        return at + 1

    def _enter(self, level: int, heading: str, line: int) -> None:
        self.path = (*self.path[: level - 1], heading) if heading else ()
        if self.path:
            self._place(line)

    def _place(self, line: int) -> tuple[int, list[str]]:
        return self.places.setdefault(self.path, (line, []))

    def _fields(self, at: int) -> tuple[int, list[tuple[int, str, str]]]:
        """The fields below an item as (line, name, words), and the line after them."""
        fields: list[tuple[int, str, str]] = []
        while at < len(self.lines):
            line = self.lines[at]
            if found := _FIELD.match(line):
                fields.append(
                    (at + 1, found[1] or f"[{found[3]}]", found[2] or found[4] or found[5] or "")
                )
            elif fields and (found := _MORE.match(line)):
                begin, name, words = fields[-1]
                fields[-1] = (begin, name, f"{words}\n{found[1]}")
            elif line.startswith("  ") and line.strip():
                self._report(at + 1, "a line that is no field of an entry")
            else:
                break
            at += 1
        return at, fields

    def _report(self, line: int, what: str) -> None:
        self.problems.append(
            Problem(self.name, line, what, "write it as “  - name: words”, as the others are")
        )

    def _item(self, at: int, title: str, *, starred: bool) -> int:
        end, fields = self._fields(at + 1)
        entry = Entry(title, self.name, at + 1, stars=int(starred), section=self.path)
        sections: list[SectionPath] = []
        for line, name, words in fields:
            if name == "section":
                sections.append(tuple(unescape(part) for part in words.split(" > ")))
                continue
            changed = _with_field(entry, line, name, words)
            if changed is None:
                self._report(line, f"“{name}: {words[:40]}” is no field of an entry")
            else:
                entry = changed
        entry = replace(entry, keys=keys_of(entry.title, entry.links))
        for path in sections or [self.path]:
            if sections:
                self._own_section(path, at + 1)
            self.entries.append(replace(entry, section=path))
        return end

    def _own_section(self, path: SectionPath, line: int) -> None:
        """A section that an entry names, with those over it."""
        for depth in range(1, len(path) + 1):
            self.places.setdefault(path[:depth], (line, []))

    def _loose_note(self, at: int, heading: str, *, starred: bool) -> int:
        end, fields = self._fields(at + 1)
        text = "\n\n".join(_text(words) for _, name, words in fields if name == "note")
        self.notes.append(LooseNote(heading, Note(text, self.name, at + 1), int(starred)))
        return end

    def _other(self, at: int) -> int:
        """Lines of another shape: read as in any list, in the section at hand."""
        from paperbot.lists.parsing import parse

        end = at + 1
        while end < len(self.lines) and not _OWN.match(self.lines[end]):
            end += 1
        text = "\n" * at + "\n".join(self.lines[at:end])
        parsed = parse(text, self.name + ".md", this_year=self.this_year)
        for entry in parsed.entries:
            notes = tuple(replace(note, file=self.name) for note in entry.notes)
            self.entries.append(replace(entry, file=self.name, section=self.path, notes=notes))
        for section in parsed.sections:
            if section.introduction:
                self._place(at + 1)[1].append(section.introduction)
        if parsed.entries or not any(section.introduction for section in parsed.sections):
            self.problems += [replace(problem, file=self.name) for problem in parsed.problems]
        return end


_OWN = re.compile(r"#+(?: |$)|> |- (?:note on )?\*\*(?:\\.|[^\\*])+\*\*(?: :\+1:)?\s*$")


def _with_field(entry: Entry, line: int, name: str, words: str) -> Entry | None:
    """The entry with one more field; None where that is no field, or no such value."""
    if name in _NUMBERS:
        if not words.strip().isdecimal():
            return None
        more = {"year_derived": True} if name == "year of its link" else {}
        return replace(entry, **{_NUMBERS[name]: int(words), **more})  # type: ignore[arg-type]
    if name == "also called":
        return replace(entry, aliases=(*entry.aliases, unescape(words)))
    if name == "label":
        return replace(entry, labels=(*entry.labels, unescape(words)))
    if name == "authors":
        return replace(entry, authors=tuple(unescape(one) for one in words.split("; ")))
    if name == "venue":
        return replace(entry, venue=unescape(words))
    if name == "kind" and words in get_args(Kind):
        return replace(entry, kind=words)  # type: ignore[arg-type]
    if name == "note":
        return replace(entry, notes=(*entry.notes, Note(_text(words), entry.file, line)))
    if name.startswith("[") and name[1:-1] in get_args(Role):
        link = Link(name[1:-1], unescape(words))  # type: ignore[arg-type]
        return replace(entry, links=(*entry.links, link))
    return None


def _text(words: str) -> str:
    return "\n".join(unescape(line) for line in words.split("\n"))


def _unquoted(words: str) -> str:
    try:
        value = json.loads(words) if words.startswith('"') else words
    except ValueError:
        value = words
    return value if isinstance(value, str) else words


def _date(words: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(words) if words else None
    except ValueError:
        return None
