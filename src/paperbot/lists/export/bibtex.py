"""Entries as BibTeX, written with bibtexparser."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry as BibEntry
from bibtexparser.model import Field
from bibtexparser.writer import BibtexFormat

from paperbot.lists.export.items import Item
from paperbot.lists.links import identifier
from paperbot.lists.text import fold
from paperbot.lists.values import Entry
from paperbot.lists.venues import PREPRINTS
from paperbot.paper import Kind

_TYPES: dict[Kind, str] = {
    "thesis": "phdthesis", "book": "book", "tool": "software", "dataset": "dataset",
    "video": "video", "blog": "online", "other": "online",
}  # fmt: skip
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|annals|magazine|communications|review|nature"
    r"|science|cell|pnas|jmlr|tmlr|tacl|acm computing surveys|survey|plos|jair|computation)\b",
    re.I,
)
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
            **{mark: "\\" + mark for mark in "&%#_${}"}}  # fmt: skip
_SMALL = {"a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "is", "are", "from", "by"}


def bibtex_text(items: Iterable[Item]) -> str:
    """A library of the items, each under a key of its own."""
    taken: set[str] = set()
    text = "\n\n".join(record_text(item.entry, taken).rstrip("\n") for item in items)
    return text + "\n" * bool(text)


def record_text(entry: Entry, taken: set[str], *, indent: str = "  ") -> str:
    """One record; ``taken`` are the keys in use, to which its own is added."""
    record = BibEntry(_type(entry), _key(entry, taken), _fields(entry))
    style = BibtexFormat()  # type: ignore[no-untyped-call]
    style.indent = indent
    style.trailing_comma = True
    return write_string(Library([record]), bibtex_format=style)


def _type(entry: Entry) -> str:
    if entry.kind in _TYPES:
        return _TYPES[entry.kind]
    if entry.venue is None or entry.venue.lower() in PREPRINTS:
        return "misc"
    return "article" if _JOURNAL.search(entry.venue) else "inproceedings"


def _key(entry: Entry, taken: set[str]) -> str:
    """``vaswani2017attention``; a letter behind it where two would have one key."""
    words = [w for w in re.findall(r"[a-z0-9]+", fold(entry.title)) if w not in _SMALL]
    family = re.sub(r"[^a-z0-9]", "", fold(entry.authors[0].split()[-1])) if entry.authors else ""
    name = f"{family}{entry.year or ''}{words[0] if words else ''}" or "entry"
    if not family:
        name = "".join(words[:2]) + str(entry.year or "") or "entry"
    key, count = name, 1
    while key.lower() in taken:
        count += 1
        key = f"{name}{chr(95 + count)}" if count < 28 else f"{name}-{count}"
    taken.add(key.lower())
    return key


def _fields(entry: Entry) -> list[Field]:
    fields: list[Field] = []

    def put(name: str, words: str | None, *, exact: bool = False) -> None:
        if words:
            fields.append(Field(name, words if exact else latex(words)))

    if entry.title:
        fields.append(Field("title", "{" + latex(entry.title) + "}"))
    put("author", " and ".join(map(_person, entry.authors)), exact=True)
    put("year", str(entry.year) if entry.year is not None else None)
    put(_venue_field(entry), entry.venue)
    for scheme, name in (("arxiv", "eprint"), ("doi", "doi")):
        put(name, _identifier(entry, scheme), exact=True)
    if any(field.key == "eprint" for field in fields):
        put("archiveprefix", "arXiv")
    put("url", next((k.url for k in entry.links if k.role != "code"), None), exact=True)
    put("code", next((k.url for k in entry.links if k.role == "code"), None), exact=True)
    put("keywords", ", ".join(entry.labels))
    put("note", "\n\n".join(note.text for note in entry.notes))
    return fields


def _venue_field(entry: Entry) -> str:
    return {"phdthesis": "school", "book": "publisher", "article": "journal",
            "inproceedings": "booktitle"}.get(_type(entry), "journal")  # fmt: skip


def _person(name: str) -> str:
    """A name that no " and " in it can split."""
    words = latex(name)
    return "{" + words + "}" if " and " in words else words


def _identifier(entry: Entry, scheme: str) -> str | None:
    for link in entry.links:
        named = identifier(link.url)
        if named is not None and named.startswith(scheme + ":"):
            return named.removeprefix(scheme + ":")
    return None


def latex(words: str) -> str:
    """Words whose special signs are LaTeX's commands for them."""
    return "".join(_SPECIAL.get(char, char) for char in words)
