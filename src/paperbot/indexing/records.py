"""Papers and sections as JSON, and back without loss."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from paperbot.paper import Kind, Link, Mention, Note, Paper, Section

KINDS: tuple[Kind, ...] = get_args(Kind)

_PAPER_FIELDS = tuple(field.name for field in fields(Paper))


def paper_to_json(paper: Paper) -> str:
    """Write a paper as one line of JSON."""
    record: dict[str, Any] = {name: getattr(paper, name) for name in _PAPER_FIELDS}
    record["mentions"] = [[m.file, m.line, m.order, m.title, m.section] for m in paper.mentions]
    record["notes"] = [[n.text, n.file, n.line] for n in paper.notes]
    record["links"] = [[link.role, link.url] for link in paper.links]
    as_of = paper.citations_as_of
    record["citations_as_of"] = as_of.isoformat() if as_of else None
    return json.dumps(record, ensure_ascii=False)


def paper_from_json(text: str) -> Paper:
    """Read a paper that ``paper_to_json`` wrote."""
    record = json.loads(text)
    as_of = record["citations_as_of"]
    return Paper(
        **{
            **record,
            "mentions": tuple(
                Mention(m[0], m[1], m[2], m[3], tuple(m[4])) for m in record["mentions"]
            ),
            "notes": tuple(Note(*note) for note in record["notes"]),
            "links": tuple(Link(*link) for link in record["links"]),
            "sections": tuple(tuple(path) for path in record["sections"]),
            "aliases": tuple(record["aliases"]),
            "authors": tuple(record["authors"]),
            "labels": tuple(record["labels"]),
            "citations_as_of": date.fromisoformat(as_of) if as_of else None,
        }
    )


def section_to_json(section: Section) -> str:
    """Write a section as one line of JSON."""
    return json.dumps(
        [section.path, section.introduction, section.order, section.file, section.line],
        ensure_ascii=False,
    )


def section_from_json(text: str) -> Section:
    """Read a section that ``section_to_json`` wrote."""
    path, *rest = json.loads(text)
    return Section(tuple(path), *rest)
