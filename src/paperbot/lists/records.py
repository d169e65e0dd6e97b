"""YAML and JSON lists: records with a title, wherever they are nested; Zotero and S2 exports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from paperbot.lists.draft import Draft, clean_title, nickname
from paperbot.lists.lead import Habits
from paperbot.lists.links import role_of
from paperbot.lists.text import squeeze
from paperbot.lists.walk import Walk
from paperbot.paper import Kind, Link, Role

DEPTH = 60
"""Levels of nesting that are followed; no list is deeper."""

_TITLES = ("title", "name", "paper", "paper_title", "papertitle")
_PEOPLE = ("authors", "author", "creators", "by")
_VENUES = ("venue", "container-title", "publicationtitle", "conferencename", "proceedingstitle",
           "journal",
           "conference", "booktitle", "publicationvenue", "published_in", "publisher",
           "where")  # fmt: skip
_NOTES = ("note", "notes", "abstract", "abstractnote", "tldr", "tl;dr", "summary", "description",
          "comment",
          "comments")  # fmt: skip
_YEARS = ("year", "issued", "date", "published", "publicationdate", "publication_year", "pubdate")
_LINKS: dict[str, Role | None] = {
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


def read_json(text: str, name: str, habits: Habits) -> Walk:
    """The records of a JSON file."""
    walk = Walk(name, habits)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        data = _json_lines(lines)
        if data is None:
            walk.report(error.lineno, f"not JSON: {error.msg}", "correct it, or export it again")
            return walk
    except (RecursionError, ValueError):
        walk.report(1, "JSON nested too deeply", "export it as a flat list")
        return walk
    finder = _Finder(text)
    _walk_value(walk, data, finder, 0)
    return walk


def _json_lines(lines: list[str]) -> list[Any] | None:
    """One record a line, as some exports have it."""
    if len(lines) < 2 or not all(line.lstrip().startswith("{") for line in lines):
        return None
    try:
        return [json.loads(line) for line in lines]
    except (ValueError, RecursionError):
        return None


class _Finder:
    """Line numbers of JSON records: their titles are looked up in order."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line, self.counted = text, 0, 1, 0

    def line_of(self, title: str) -> int:
        for form in (json.dumps(title), json.dumps(title, ensure_ascii=False)):
            found = self.text.find(form, self.at)
            if found >= 0:
                opened = max(self.text.rfind("{", self.at, found), self.at)
                self.line += self.text.count("\n", self.counted, opened)
                self.counted = opened
                self.at = found + len(form)
                break
        return self.line


class _Marked(dict[str, Any]):
    """A YAML mapping that knows its line."""

    line = 1


def read_yaml(text: str, name: str, habits: Habits) -> Walk:
    """The records of a YAML file."""
    import yaml  # type: ignore[import-untyped,unused-ignore]  # few lists are YAML

    walk = Walk(name, habits)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if re.search(r"[\[{]{200}|(?m:^(?:- ){100})", text):
            raise RecursionError
        node = yaml.compose(text, Loader=loader)
        data = _plain(node, set(), 0)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"not YAML: {getattr(error, 'problem', None) or 'cannot be read'}"
        walk.report(
            mark.line + 1 if mark else 1, what, "correct it: check indents, colons and quotes"
        )
        return walk
    except (RecursionError, ValueError):
        walk.report(1, "YAML nested too deeply", "write it as a flat list")
        return walk
    _walk_value(walk, data, None, 0)
    return walk


def _plain(node: Any, seen: set[int], depth: int) -> Any:
    """A YAML node as plain values, each anchor read once."""
    if node is None or depth > DEPTH or (node.id != "scalar" and id(node) in seen):
        return None
    seen.add(id(node))
    if node.id == "mapping":
        marked = _Marked()
        marked.line = node.start_mark.line + 1
        for key, value in node.value:
            if key.id == "scalar":
                marked[str(key.value)] = _plain(value, seen, depth + 1)
        return marked
    if node.id == "sequence":
        return [_plain(value, seen, depth + 1) for value in node.value]
    return node.value


def _walk_value(walk: Walk, value: Any, finder: _Finder | None, depth: int) -> None:
    """Records wherever they stand; the keys over lists are sections."""
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            _walk_value(walk, one, finder, depth + 1)
        return
    if not isinstance(value, dict):
        return
    low = {str(k).lower(): v for k, v in value.items()}
    if isinstance(low.get("data"), dict) and "key" in low:  # Zotero's own export
        low = {str(k).lower(): v for k, v in low["data"].items()}
    if _title(low) and not _is_section(low):
        _record(walk, value, low, finder, depth)
        return
    heading = _title(low) if _is_section(low) else None
    if heading:
        walk.enter(depth + 1, heading, _line(value, finder, heading))
    for key, inner in value.items():
        if isinstance(inner, list | dict):
            named = str(key).lower() not in (
                "items",
                "papers",
                "entries",
                "data",
                "results",
                "references",
                "list",
            )
            if named and isinstance(inner, list) and not heading:
                walk.enter(depth + 1, squeeze(str(key).replace("_", " ")), _line(value, None, ""))
            _walk_value(walk, inner, finder, depth + 1)


def _title(low: dict[str, Any]) -> str | None:
    for key in _TITLES:
        if isinstance(low.get(key), str) and re.search(r"\w", low[key]):
            return str(low[key])
    return None


def _is_section(low: dict[str, Any]) -> bool:
    """A name over a list of records, with nothing that a work has."""
    lists = [
        v
        for k, v in low.items()
        if isinstance(v, list) and v and isinstance(v[0], dict) and k not in _PEOPLE
    ]
    works = [
        k for k in low if k in (*_YEARS, *_PEOPLE, *_LINKS, "doi") and not isinstance(low[k], list)
    ]
    return bool(lists) and not works


def _line(value: Any, finder: _Finder | None, title: str) -> int:
    if isinstance(value, _Marked):
        return value.line
    return finder.line_of(title) if finder is not None else 1


def _record(
    walk: Walk, value: Any, low: dict[str, Any], finder: _Finder | None, depth: int
) -> None:
    raw = _title(low) or ""
    title = clean_title(raw)
    line = _line(value, finder, raw)
    kind = _TYPES.get(re.sub(r"\W", "", str(low.get("itemtype") or low.get("type") or "")).lower())
    if not title or str(low.get("itemtype")) in ("attachment", "note"):
        return
    draft = Draft(title, line, kind=kind)
    draft.authors = tuple(_people(next((low[k] for k in _PEOPLE if low.get(k)), None)))
    draft.venue = next((v for k in _VENUES if (v := _text(low.get(k)))), None)
    years = (
        re.search(r"\b(?:19|20)\d\d\b", json.dumps(low[k], default=str))
        for k in _YEARS
        if low.get(k)
    )
    draft.year = next((int(found[0]) for found in years if found), None)
    cited = low.get("citationcount", low.get("citations"))
    draft.citations = int(cited) if isinstance(cited, int | str) and str(cited).isdigit() else None
    tags = low.get("tags") or low.get("keywords") or []
    for tag in tags if isinstance(tags, list) else re.split(r"[,;]", str(tags)):
        label = squeeze(str(tag.get("tag", "") if isinstance(tag, dict) else tag))
        draft.labels += [label] if label else []
    if name := nickname(title):
        draft.aliases.append(name)
    draft.take_links(_links(low))
    for key in _NOTES:
        if words := _text(low.get(key)):
            draft.take_note(words, walk.name, line)
    draft.starred = low.get("starred") in (True, "true", "True", "yes") or low.get("star") in (
        True,
        "true",
        "yes",
    )
    walk.add(draft)
    for key, inner in value.items():
        if isinstance(inner, list) and str(key).lower() not in (
            *_PEOPLE,
            "tags",
            "keywords",
            "links",
            "urls",
        ):
            _walk_value(walk, [v for v in inner if isinstance(v, dict)], finder, depth + 1)


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
    for key, role in _LINKS.items():
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
