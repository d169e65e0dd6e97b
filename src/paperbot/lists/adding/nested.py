"""A new record for a YAML or JSON list, with the keys and the indents of the records beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped,unused-ignore]

from paperbot.errors import ListsError
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.source import Source
from paperbot.lists.links import host_role
from paperbot.lists.values import ParsedList
from paperbot.paper import SectionPath

_KEYS = {
    "title": ("title", "name", "paper", "paper_title"),
    "authors": ("authors", "author", "creators", "by"),
    "year": ("year", "issued", "date", "published", "publication_year"),
    "venue": ("venue", "container-title", "journal", "conference", "booktitle", "publisher"),
    "citations": ("citations", "citationCount"),
    "link": ("url", "link", "links", "paper_url", "pdf", "pdf_url", "urls"),
    "code": ("code", "github", "repo"),
    "star": ("starred", "star"),
    "kind": ("type",),
    "labels": ("tags", "keywords"),
    "note": ("note", "notes", "tldr", "summary", "comment", "abstract", "description"),
}
"""The names that records give to fields; the first is taken where the list has none of them."""


def record_of(new: NewEntry, beside: list[dict[str, Any]]) -> dict[str, Any]:
    """The new entry as a record with the keys of those beside it, in their order."""
    code = [url for url in new.links if host_role(url) == "code"]
    link = next((url for url in new.links if url not in code), None)
    values = {
        "title": new.title,
        "authors": new.authors,
        "year": new.year,
        "venue": new.venue,
        "citations": new.citations,
        "link": link,
        "code": code[0] if code else None,
        "star": new.starred or None,
        "kind": new.kind,
        "labels": list(new.labels) or None,
        "note": new.note,
    }
    used = [key for record in reversed(beside) for key in record]
    record: dict[str, Any] = {}
    for field, value in values.items():
        if value in (None, ()):
            continue
        key = next((key for key in used if key.lower() in map(str.lower, _KEYS[field])), None)
        like = next((one[key] for one in reversed(beside) if one.get(key)), None) if key else None
        record[key or _KEYS[field][0]] = _as(field, value, like)
    order = {key: at for at, key in enumerate(beside[-1])} if beside else {}
    return dict(sorted(record.items(), key=lambda pair: order.get(pair[0], len(order))))


def _as(field: str, value: Any, like: Any) -> Any:
    """A value in the form that the same field has beside it."""
    if field == "authors":
        return _people(value, like)
    if field == "year" and isinstance(like, dict) and "date-parts" in like:
        return {"date-parts": [[value]]}
    if field == "year" and isinstance(like, str):
        return str(value)
    if isinstance(like, list) and not isinstance(value, list):
        return [value]
    return value


def _people(people: tuple[str, ...], like: Any) -> Any:
    if isinstance(like, str) or (like is None and len(people) == 1):
        return ("; " if ";" in str(like) or len(people) < 3 else ", ").join(people)
    form = like[0] if isinstance(like, list) and like else None
    if not isinstance(form, dict):
        return list(people)
    if "name" in form:
        return [{"name": one} for one in people]
    given, family = ("firstName", "lastName") if "lastName" in form else ("given", "family")
    names = (one.rpartition(" ") for one in people)
    return [{family: last, **({given: first} if first else {})} for first, _, last in names]


# -- YAML ------------------------------------------------------------------------------------------


def yaml_proposals(
    source: Source, parsed: ParsedList, section: SectionPath, new: NewEntry
) -> Iterator[bytes]:
    """The list with one more record after the last of its section, in block style."""
    root = yaml.compose("\n".join(source.lines), Loader=yaml.SafeLoader)
    held = {entry.line for entry in parsed.entries if entry.section == section}
    sequence = next(_holding(root, held), None)
    if sequence is None:
        raise ListsError(
            f"{parsed.name}: no record stands in that section to put another beside · "
            "write its first one by hand"
        )
    last = sequence.value[-1]
    dash = re.match(r"( *)-( +)\S", source.lines[last.start_mark.line])
    if sequence.flow_style or last.flow_style or dash is None:
        raise ListsError(
            f"{parsed.name}: records between brackets and braces cannot be added to without "
            "touching other lines · add the record by hand"
        )
    beside = [yaml.safe_load(yaml.serialize(node)) for node in sequence.value[-20:]]
    record = record_of(new, [one for one in beside if isinstance(one, dict)])
    lines = [f"{key}: {_scalar(value)}" for key, value in record.items()]
    begin = [dash[1] + "-" + dash[2], *[" " * (len(dash[1]) + 1 + len(dash[2]))] * (len(lines) - 1)]
    end, blank = _end(source, sequence)
    yield source.after_line(
        end, [*[""] * blank, *(a + b for a, b in zip(begin, lines, strict=True))]
    )


def _holding(node: Any, lines: set[int]) -> Iterator[Any]:
    """The sequences whose own records stand on the given lines, the outermost first."""
    if isinstance(node, yaml.SequenceNode):
        own = [one for one in node.value if isinstance(one, yaml.MappingNode)]
        if any(one.start_mark.line + 1 in lines for one in own):
            yield node
        for one in node.value:
            yield from _holding(one, lines)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _holding(value, lines)


def _end(source: Source, sequence: Any) -> tuple[int, int]:
    """The last line of a sequence's last record, and how many blank lines part its records."""
    end = min(sequence.end_mark.line + 1, len(source.lines))
    begin = sequence.value[-1].start_mark.line + 1
    indent = sequence.value[-1].start_mark.column
    while end > begin:
        line = source.lines[end - 1]
        if line.strip() and len(line) - len(line.lstrip()) >= indent:
            break
        end -= 1
    blank = 0
    while (
        len(sequence.value) > 1
        and begin - 2 - blank > 0
        and not source.lines[begin - 2 - blank].strip()
    ):
        blank += 1
    return end, blank


def _scalar(value: Any) -> str:
    """A value on one line of YAML."""
    text = str(
        yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=float("inf"))
    )
    return text.strip().removesuffix("...").strip()


# -- JSON ------------------------------------------------------------------------------------------


def json_proposals(
    source: Source, parsed: ParsedList, section: SectionPath, new: NewEntry
) -> Iterator[bytes]:
    """The list with one more record after the last of its section: an array's, or a line."""
    titles = {entry.title for entry in parsed.entries if entry.section == section}
    try:
        data = json.loads(source.text)
    except ValueError:
        yield _json_line(source, new)
        return
    records = next(_arrays(data, titles), None)
    if records is None or any("data" in one and "key" in one for one in records):
        raise ListsError(
            f"{parsed.name}: its records cannot be added to one by one · add the paper in the "
            "program that wrote the file, and export it again"
        )
    begin, end = _place(source.text, records[-1])
    record = record_of(new, records[-20:])
    line = source.text[source.text.rfind("\n", 0, begin) + 1 : begin]
    raw = source.text[begin:end]
    eol = source.eol
    if "\n" in raw:
        step = re.search(r"\n([ \t]*)", raw)
        width = step[1].removeprefix(line) if step and not line.strip() else "  "
        text = json.dumps(record, ensure_ascii=False, indent=width or "  ")
        text = text.replace("\n", eol + (line if not line.strip() else ""))
    else:
        text = json.dumps(record, ensure_ascii=False)
    gap = eol + line if not line.strip() and "\n" in source.text[:begin] else " "
    yield source.at(end, "," + gap + text)


def _json_line(source: Source, new: NewEntry) -> bytes:
    """One record a line."""
    lines = [line for line in source.lines if line.strip()]
    beside = [json.loads(line) for line in lines[-20:]]
    count = len(source.lines)
    while count and not source.lines[count - 1].strip():
        count -= 1
    return source.after_line(count, [json.dumps(record_of(new, beside), ensure_ascii=False)])


def _arrays(value: Any, titles: set[str]) -> Iterator[list[dict[str, Any]]]:
    """The arrays of records that hold an entry of the section, the outermost first."""
    from paperbot.lists.draft import clean_title

    if isinstance(value, list):
        records = [one for one in value if isinstance(one, dict)]
        named = {
            clean_title(str(v))
            for r in records
            for k, v in r.items()
            if k.lower() in _KEYS["title"]
        }
        if records and len(records) == len(value) and named & titles:
            yield records
        for one in value:
            yield from _arrays(one, titles)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _arrays(inner, titles)


def _place(text: str, record: dict[str, Any]) -> tuple[int, int]:
    """Where a record begins and ends in the text: its last occurrence."""
    decoder = json.JSONDecoder()
    at = text.rfind("{")
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except ValueError:
            value, end = None, 0
        if value == record:
            return at, end
        at = text.rfind("{", 0, at)
    raise ListsError("the list's last record cannot be found in its text · add it by hand")
