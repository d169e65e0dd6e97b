"""BibTeX libraries, read with bibtexparser."""

from __future__ import annotations

import logging
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from paperbot.lists.draft import Draft, clean_title, nickname
from paperbot.lists.lead import Habits
from paperbot.lists.links import role_of
from paperbot.lists.outline import Outline
from paperbot.lists.text import readable, squeeze
from paperbot.paper import Kind, Link

if TYPE_CHECKING:
    from bibtexparser.model import Entry as BibEntry

_KINDS: dict[str, Kind] = {
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis", "book": "book",
    "booklet": "book", "proceedings": "book", "online": "other", "software": "tool",
    "dataset": "dataset",
    "electronic": "other", "www": "other", "manual": "other", "video": "video",
}  # fmt: skip
_VENUES = (
    "booktitle",
    "journal",
    "journaltitle",
    "eventtitle",
    "publisher",
    "school",
    "institution",
)
_URLS = ("url", "howpublished", "ee", "pdf")
_STRING = re.compile(
    r"@string\s*[{(]\s*(\w+)\s*=\s*(?:\"([^\"]{1,300})\"|\{([^{}]{1,300})\})", re.I
)
_START = re.compile(r"^[ \t]*@(?!(?i:comment|string|preamble)\b)\w+\s*[{(]", re.M)


def read_bibtex(text: str, name: str, habits: Habits) -> Outline:
    """The entries of a library; what bibtexparser cannot read is reported with its line."""
    walk = Outline(name, habits)
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    strings = {m[1].lower(): m[2] or m[3] for m in _STRING.finditer(text)}
    starts = [found.start() for found in _START.finditer(text)] + [len(text)]
    line, at = 1, 0
    for start, end in pairwise(starts):
        line += text.count("\n", at, start)
        at = start
        _read_one(walk, text[start:end], line, strings)
    return walk


def _read_one(walk: Outline, source: str, line: int, strings: dict[str, str]) -> None:
    """One entry, read apart so that a broken one spoils no other."""
    from bibtexparser.entrypoint import parse_string  # slow to load, and few lists are BibTeX

    try:
        entries = parse_string(source[:60_000]).entries
    except Exception:  # any text may come; the reader's own faults are the list's problem here
        entries = []
    if not entries:
        walk.report(line, "a BibTeX entry that cannot be read", "check its braces and commas")
        return
    for field in entries[0].fields:
        if isinstance(field.value, str) and field.value.strip().lower() in strings:
            field.value = strings[field.value.strip().lower()]
    draft = _draft(entries[0], line)
    if draft is None:
        walk.report(line, f"the BibTeX entry “{entries[0].key}” has no title", "add a title")
        return
    note = (
        _field(entries[0], "abstract") or _field(entries[0], "annote") or _field(entries[0], "note")
    )
    draft.take_note(_plain(note), walk.name, line)
    walk.add(draft)


def _field(entry: BibEntry, key: str) -> str:
    field = next((f for f in entry.fields if f.key.lower() == key), None)
    if field is None:
        return ""
    value = squeeze(str(field.value)).strip('"')
    while value.startswith("{") and value.endswith("}"):
        value = value[1:-1].strip()
    return value


def _plain(value: str) -> str:
    r"""A value without LaTeX: ``R\&D`` is R&D, also where no other command stands."""
    return re.sub(r"\\([&%#_${}])", r"\1", readable(value))


def _draft(entry: BibEntry, line: int) -> Draft | None:
    title = clean_title(_plain(_field(entry, "title").replace("{\\'i}", "í")))
    if not title:
        return None
    if subtitle := clean_title(_plain(_field(entry, "subtitle"))):
        title = f"{title}: {subtitle}"
    draft = Draft(title, line)
    draft.kind = _KINDS.get(entry.entry_type.lower(), "paper")
    draft.authors = tuple(_people(_field(entry, "author") or _field(entry, "editor")))
    if found := re.search(r"\b(?:19|20)\d\d\b", _field(entry, "year") or _field(entry, "date")):
        draft.year = int(found[0])
    draft.venue = next((_plain(v) for key in _VENUES if (v := _field(entry, key))), None)
    draft.labels = [
        squeeze(word) for word in re.split(r"[,;]", _field(entry, "keywords")) if word.strip()
    ]
    if name := nickname(title):
        draft.aliases.append(name)
    draft.take_links(_links(entry))
    return draft


def _people(field: str) -> list[str]:
    """People as "Given Family", however the field has them."""
    people = []
    for one in re.split(r"\s+and\s+", _plain(field)):
        family, comma, given = one.partition(",")
        person = squeeze(f"{given.strip()} {family}" if comma else one)
        if person and person.lower() != "others":
            people.append(person)
    return people


def _links(entry: BibEntry) -> list[Link]:
    urls = []
    eprint = _field(entry, "eprint")
    if re.fullmatch(r"(?:arxiv:)?(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?", eprint, re.I):
        urls.append("https://arxiv.org/abs/" + re.sub(r"(?i)^arxiv:", "", eprint))
    if doi := _field(entry, "doi"):
        urls.append(doi if doi.startswith("http") else f"https://doi.org/{doi}")
    fields = (_field(entry, key).replace(r"\_", "_") for key in _URLS)
    urls += [found[0] for field in fields if (found := re.search(r"https?://[^\s{}]+", field))]
    links = [Link("paper" if role_of("", u) == "other" else role_of("", u), u) for u in urls]
    if code := re.search(r"https?://[^\s{}]+", _field(entry, "code")):
        links.append(Link("code", code[0]))
    return links
