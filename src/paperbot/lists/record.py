"""One record of a YAML or JSON list as an entry: the names its fields go by, and their values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from paperbot.lists.draft import Draft, clean_title, nickname
from paperbot.lists.links import role_of
from paperbot.lists.text import squeeze
from paperbot.lists.venues import published
from paperbot.paper import Kind, Link, Role

_TITLES = ("title", "name", "paper", "paper_title", "papertitle")
PEOPLE = ("authors", "author", "creators", "by")
_VENUES = ("venue", "container-title", "publicationtitle", "conferencename", "proceedingstitle",
           "journal",
           "conference", "booktitle", "publicationvenue", "published_in", "publisher",
           "where")  # fmt: skip
_NOTES = ("note", "notes", "abstract", "abstractnote", "tldr", "tl;dr", "summary", "description",
          "comment",
          "comments")  # fmt: skip
YEARS = ("year", "issued", "date", "published", "publicationdate", "publication_year", "pubdate")
LINKS: dict[str, Role | None] = {
    "url": None, "link": None, "links": None, "paper_url": "paper", "pdf": "pdf", "pdf_url": "pdf",
    "paper": None, "openaccesspdf": "pdf", "code": "code", "github": "code", "repo": "code",
    "project": "project", "website": "project", "slides": "slides", "video": "video",
    "data": "data",
    "dataset": "data", "urls": None, "uri": None, "href": None,
}  # fmt: skip
_TYPES: dict[str, Kind] = {
    "thesis": "thesis", "book": "book", "webpage": "other", "blogpost": "blog",
    "post-weblog": "blog",
    "computerprogram": "tool", "software": "tool", "dataset": "dataset", "videorecording": "video",
    "podcast": "video", "presentation": "video", "survey": "survey", "post": "blog", "blog": "blog",
    "attachment": "other", "note": "other", "course": "course", "video": "video", "tool": "tool",
}  # fmt: skip


def title_of(low: dict[str, Any]) -> str | None:
    """The title of a record whose keys are in lower case; a paper's title before a mere name."""
    found = [
        str(low[key])
        for key in _TITLES
        if isinstance(low.get(key), str)
        and re.search(r"\w", low[key])
        and not re.match(r"\s*https?://\S+\s*$", low[key])
    ]
    if not found:
        return None
    named = not isinstance(low.get("title"), str) and len(found) > 1
    return max(found, key=len) if named else found[0]


def read_record(low: dict[str, Any], line: int, file: str, this_year: int) -> Draft | None:
    """The entry of a record, or None for attachments and notes of a library."""
    raw = title_of(low) or ""
    title = clean_title(raw)
    kind = _TYPES.get(re.sub(r"\W", "", str(low.get("itemtype") or low.get("type") or "")).lower())
    if not title or str(low.get("itemtype")) in ("attachment", "note"):
        return None
    draft = Draft(title, line, kind=kind)
    draft.authors = tuple(_people(next((low[k] for k in PEOPLE if low.get(k)), None)))
    draft.venue = next((v for k in _VENUES if (v := _text(low.get(k)))), None)
    years = (
        re.search(r"\b(?:19|20)\d\d\b", json.dumps(low[k], default=str))
        for k in YEARS
        if low.get(k)
    )
    draft.year = next((int(found[0]) for found in years if found), None)
    if draft.venue is not None and draft.year is None:
        told = published(draft.venue, this_year)
        draft.year, draft.venue = told.year, told.venue or draft.venue
    cited = low.get("citationcount", low.get("citations"))
    draft.citations = (
        int(cited) if isinstance(cited, int | str) and str(cited).isdecimal() else None
    )
    tags = low.get("tags") or low.get("keywords") or []
    for tag in tags if isinstance(tags, list) else re.split(r"[,;]", str(tags)):
        label = squeeze(str(tag.get("tag", "") if isinstance(tag, dict) else tag))
        draft.labels += [label] if label else []
    name = low.get("name")
    if isinstance(name, str) and squeeze(name) != title and len(name) <= 40:
        draft.aliases.append(squeeze(name))
    if name := nickname(title):
        draft.aliases.append(name)
    draft.take_links(_links(low))
    for key in _NOTES:
        if words := _text(low.get(key)):
            draft.take_note(_TAG.sub(" ", words), file, line)
    draft.starred = low.get("starred") in (True, "true", "True", "yes") or low.get("star") in (
        True,
        "true",
        "yes",
    )
    return draft


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("name") or value.get("text") or value.get("title")
    return squeeze(str(value)) or None if isinstance(value, str | int) else None


def _people(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        parts = re.split(r"\s*;\s*|\s+and\s+|\s*,\s*(?=\w+\s+\w)", value)
        yield from (squeeze(p) for p in parts if p.strip())
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict):
            given = one.get("given") or one.get("firstName") or ""
            family = (
                one.get("family")
                or one.get("lastName")
                or one.get("name")
                or one.get("literal")
                or ""
            )
            name = squeeze(f"{given} {family}")
        else:
            name = squeeze(str(one))
        if name:
            yield name


def _links(low: dict[str, Any]) -> Iterator[Link]:
    ids = low.get("externalids")
    arxiv = (
        (ids.get("ArXiv") if isinstance(ids, dict) else None)
        or low.get("arxiv")
        or low.get("arxiv_id")
    )
    if arxiv and (found := re.search(r"\d{4}\.\d{4,5}", str(arxiv))):
        yield Link("paper", f"https://arxiv.org/abs/{found[0]}")
    doi = low.get("doi") or (ids.get("DOI") if isinstance(ids, dict) else None)
    if isinstance(doi, str) and (found := re.search(r"10\.\d{4,9}/\S+", doi)):
        yield Link("paper", f"https://doi.org/{found[0]}")
    for key, role in LINKS.items():
        for url in _urls(low.get(key)):
            told = role_of(key if role else "", url)
            yield Link(role or ("paper" if told == "other" else told), url)


def _urls(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from re.findall(r"https?://[^\s\"'<>]+", value)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _urls(inner) if isinstance(inner, str) else ()
    elif isinstance(value, list):
        for inner in value[:50]:
            yield from _urls(inner) if isinstance(inner, str | dict) else ()
