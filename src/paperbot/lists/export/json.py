"""Entries as JSON, in the form that ``lists check --json`` has too."""

from __future__ import annotations

import json
from collections.abc import Iterable

from paperbot.lists.check import entry_json
from paperbot.lists.export.items import Item


def json_text(items: Iterable[Item]) -> str:
    """``{"papers": […]}``; ``sections`` are all in which a work stands, unknown is null."""
    records = [
        {**entry_json(item.entry), "sections": [list(path) for path in item.sections]}
        for item in items
    ]
    for record in records:
        del record["section"]
    return json.dumps({"papers": records}, ensure_ascii=False, indent=1) + "\n"
