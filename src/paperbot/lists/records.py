"""YAML and JSON lists: records with a title, wherever they are nested; Zotero and S2 exports."""

from __future__ import annotations

import json
import re
from typing import Any

from paperbot.lists.blocks import inline
from paperbot.lists.details import read_draft
from paperbot.lists.lead import Habits
from paperbot.lists.outline import Outline
from paperbot.lists.record import LINKS, PEOPLE, YEARS, read_record, title_of
from paperbot.lists.text import squeeze

DEPTH = 60
"""Levels of nesting that are followed; no list is deeper."""


def read_json(text: str, name: str, habits: Habits) -> Outline:
    """The records of a JSON file."""
    walk = Outline(name, habits)
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


class _Words(str):
    """A YAML text that knows its line."""

    line = 1


def read_yaml(text: str, name: str, habits: Habits) -> Outline:
    """The records of a YAML file."""
    import yaml  # type: ignore[import-untyped,unused-ignore]  # few lists are YAML

    walk = Outline(name, habits)
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
    words = _Words(node.value)
    words.line = node.start_mark.line + 1
    return words


def _walk_value(walk: Outline, value: Any, finder: _Finder | None, depth: int) -> None:
    """Records wherever they stand; the keys over lists are sections."""
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            if isinstance(one, str):
                _plain_entry(walk, one, finder)
            else:
                _walk_value(walk, one, finder, depth + 1)
        return
    if not isinstance(value, dict):
        return
    low = {str(k).lower(): v for k, v in value.items()}
    if isinstance(low.get("data"), dict) and "key" in low:  # Zotero's own export
        low = {str(k).lower(): v for k, v in low["data"].items()}
    if title_of(low) and not _is_section(low):
        _record(walk, value, low, finder, depth)
        return
    if _is_work(low):
        walk.report(_line(value, None, ""), "a record without a title", "fill its title")
    heading = title_of(low) if _is_section(low) else None
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
            if named and not heading and _holds_records(inner):
                walk.enter(depth + 1, squeeze(str(key).replace("_", " ")), _line(value, None, ""))
            _walk_value(walk, inner, finder, depth + 1)


def _is_section(low: dict[str, Any]) -> bool:
    """A name over a list of records, with nothing that a work has."""
    lists = [
        v
        for k, v in low.items()
        if isinstance(v, list) and v and isinstance(v[0], dict) and k not in PEOPLE
    ]
    works = [
        k for k in low if k in (*YEARS, *PEOPLE, *LINKS, "doi") and not isinstance(low[k], list)
    ]
    return bool(lists) and not works


def _line(value: Any, finder: _Finder | None, title: str) -> int:
    if isinstance(value, _Marked):
        return value.line
    return finder.line_of(title) if finder is not None else 1


def _is_work(low: dict[str, Any]) -> bool:
    """Whether a record without a title says what only works have."""
    return sum(bool(low.get(key)) for key in (*YEARS, *PEOPLE, "doi", "venue", "url", "pdf")) >= 2


def _holds_records(value: Any) -> bool:
    """Whether records stand in a value, at some depth, and it is none itself."""
    if isinstance(value, list):
        return any(isinstance(one, dict | str) for one in value)
    if not isinstance(value, dict) or title_of({str(k).lower(): v for k, v in value.items()}):
        return False
    return any(isinstance(inner, list | dict) for inner in value.values())


def _plain_entry(walk: Outline, words: str, finder: _Finder | None) -> None:
    """A list's item that is mere text: an entry written as in Markdown."""
    if len(words.split()) < 2:
        return
    line = finder.line_of(words) if finder is not None else getattr(words, "line", 1)
    draft = read_draft(inline(words, line), walk.habits, walk.name)
    if draft is not None:
        walk.add(draft)


def _record(
    walk: Outline, value: Any, low: dict[str, Any], finder: _Finder | None, depth: int
) -> None:
    line = _line(value, finder, title_of(low) or "")
    draft = read_record(low, line, walk.name, walk.habits.this_year)
    if draft is None:
        return
    walk.add(draft)
    for key, inner in value.items():
        if isinstance(inner, list) and str(key).lower() not in (
            *PEOPLE,
            "tags",
            "keywords",
            "links",
            "urls",
        ):
            _walk_value(walk, [v for v in inner if isinstance(v, dict)], finder, depth + 1)
