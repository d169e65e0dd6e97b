"""What a person hands in to be added: a title, a link, an identifier, BibTeX."""

from __future__ import annotations

import re

from bibtexparser.entrypoint import parse_string

from paperbot.errors import UsageError
from paperbot.lists.adding.new import NewEntry, cleaned
from paperbot.lists.parsing import parse
from paperbot.lists.values import Entry

_ARXIV = re.compile(r"(?:arxiv:\s*)?(\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[a-z]{2})?/\d{7})", re.I)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.I)
_KNOWN = {"title", "subtitle", "author", "editor", "year", "date", "booktitle", "journal",
          "journaltitle", "eventtitle", "publisher", "school", "institution", "url", "howpublished",
          "ee", "pdf", "doi", "eprint", "archiveprefix", "primaryclass", "eprinttype", "keywords",
          "abstract", "annote", "note", "code"}  # fmt: skip


def link_of(words: str) -> str | None:
    """The URL that words are: a URL itself, an arXiv id or a DOI; ``None`` for other words."""
    words = words.strip()
    if re.fullmatch(r"https?://[^\s/]+\.[^\s]+", words, re.I):
        return words
    if found := _ARXIV.fullmatch(words):
        return f"https://arxiv.org/abs/{found[1]}"
    if found := _DOI.fullmatch(words):
        return f"https://doi.org/{found[1]}"
    return None


def checked_link(words: str) -> str:
    """The URL that an option gives; raises ``UsageError`` for anything else."""
    url = link_of(words)
    if url is None or not url.isprintable():
        raise UsageError(
            f"--link {words[:80]} is no link; give a URL, an arXiv id such as 1706.03762, or a DOI."
        )
    return url


def checked_title(words: str) -> str:
    """A title as a list can hold it; raises ``UsageError`` where it says nothing."""
    title = cleaned(words)
    if not re.search(r"\w", title):
        raise UsageError('Give the paper\'s title, such as: paperbot lists add "Title" --section …')
    if len(title) > 500:
        raise UsageError(f"A title of {len(title):,} characters is none; give the title alone.")
    return title


def people(words: str) -> tuple[str, ...]:
    """Names as a person writes several: between semicolons, else commas and "and"."""
    parts = words.split(";") if ";" in words else re.split(r",|\band\b|&", words)
    return tuple(name for part in parts if (name := cleaned(part)))


def from_bibtex(text: str, *, this_year: int) -> list[NewEntry]:
    """The records of a BibTeX text; raises ``UsageError`` where it holds none, or a broken one."""
    parsed = parse(text, "standard input.bib", this_year=this_year)
    if parsed.problems:
        problem = parsed.problems[0]
        raise UsageError(f"Standard input, line {problem.line}: {problem.what} · {problem.do}.")
    starts = [entry.line for entry in parsed.entries]
    lines = text.splitlines()
    ends = [*(line - 1 for line in starts[1:]), len(lines)]
    return [
        _new(entry, "\n".join(lines[begin - 1 : end]).strip())
        for entry, begin, end in zip(parsed.entries, starts, ends, strict=True)
    ]


def _new(entry: Entry, source: str) -> NewEntry:
    record = parse_string(source).entries[0]
    note = cleaned(" ".join(note.text for note in entry.notes))
    return NewEntry(
        title=checked_title(entry.title),
        links=tuple(link.url for link in entry.links),
        authors=entry.authors,
        year=entry.year,
        venue=entry.venue,
        note=note or None,
        kind=entry.kind if entry.kind not in ("paper", "survey") else None,
        labels=entry.labels,
        source=source,
        more=tuple(f.key for f in record.fields if f.key.lower() not in _KNOWN),
    )
