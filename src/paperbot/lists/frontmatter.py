"""Front matter: the YAML block at the top of a list, read for title, date and permalink."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands above a list; ``lines`` is how many raw lines it takes."""

    title: str | None = None
    date: datetime.date | None = None
    permalink: str | None = None
    lines: int = 0


_PAIR = re.compile(r"^([A-Za-z_][\w-]*)\s*:\s*(.*?)\s*$")


def read_front_matter(lines: list[str]) -> FrontMatter:
    """The front matter of a list, empty where there is none."""
    if not lines or lines[0].strip() != "---":
        return FrontMatter()
    for end in range(1, min(len(lines), 200)):
        if lines[end].strip() in ("---", "..."):
            break
    else:
        return FrontMatter()
    given = {
        found[1].lower(): found[2].strip("\"'")
        for line in lines[1:end]
        if (found := _PAIR.match(line))
    }
    if not given:
        return FrontMatter()
    return FrontMatter(
        given.get("title") or None,
        _date(given.get("date") or given.get("updated") or given.get("last_modified_at") or ""),
        given.get("permalink") or None,
        end + 1,
    )


def _date(text: str) -> datetime.date | None:
    found = re.match(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
