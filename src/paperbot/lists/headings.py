"""Sections by the names that people give them."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from paperbot.lists.text import key
from paperbot.paper import SectionPath


def matching(paths: Sequence[SectionPath], name: str, *, parts: bool = True) -> list[SectionPath]:
    """The sections that a name means: its whole path, else its heading, else a part of it."""
    wanted = key(name)
    known = [path for path in dict.fromkeys(paths) if path]
    whole = [path for path in known if key(" > ".join(path)) == wanted]
    exact = whole or [path for path in known if key(path[-1]) == wanted]
    if exact or not parts:
        return exact
    return [path for path in known if wanted and wanted in key(path[-1])]


def unknown_section(name: str, paths: Sequence[SectionPath]) -> str:
    """One line on a section that no list has, with the nearest that they have."""
    shown = list(dict.fromkeys(" > ".join(path) for path in paths if path))
    if not shown:
        return f"The list has no sections, so none is called “{name}” · leave --section out."
    near = process.extract(name, shown, scorer=fuzz.WRatio, processor=str.lower, limit=3)
    hint = " · ".join(f"“{heading}”" for heading, _, _ in near)
    return f"No section is called “{name}”. The nearest: {hint}"
