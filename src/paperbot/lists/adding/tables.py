"""A new row of a Markdown table: each column as its other cells are written."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from paperbot.lists.adding.filling import TagStyle, escaped, fill, safe_url
from paperbot.lists.adding.learning import learn_cell
from paperbot.lists.adding.new import NewEntry
from paperbot.lists.adding.pattern import Pattern
from paperbot.lists.blocks import Block
from paperbot.lists.columns import roles_of
from paperbot.lists.draft import nickname
from paperbot.lists.lead import Habits
from paperbot.lists.values import Entry

_PIPE = re.compile(r"(?<!\\)\|")


def row_text(
    table: Block,
    members: Sequence[tuple[Entry, str]],
    new: NewEntry,
    habits: Habits,
    star: str,
) -> str | None:
    """The row for a new entry; ``None`` where the table's rows are not written with pipes."""
    last = members[-1][1]
    if not _PIPE.search(last) or "\n" in last.strip():
        return None
    roles = roles_of(table.rows[0][1], [cells for _, cells in table.rows[1:]], habits)
    columns = [(entry, cells_of(raw)) for entry, raw in members]
    model = cells_of(last)
    written: list[str] = []
    for at, width in enumerate(map(len, model)):
        role = roles[at] if at < len(roles) else "label"
        column = [(entry, cells[at].strip()) for entry, cells in columns if at < len(cells)]
        words = _cell(role, column, new, star)
        padded = f" {words} " if model[at].startswith(" ") or not model[at] else words
        written.append(padded.ljust(width) if padded.strip() else _blank(column).ljust(width))
    start = re.match(r"\s*\|?", last)
    begin = start[0] if start else ""
    return (
        begin
        + "|".join(written).rstrip(" " * (not last.rstrip().endswith("|")))
        + ("|" if last.rstrip().endswith("|") else "")
    )


def cells_of(raw: str) -> list[str]:
    """The cells of a row as written, blanks and all."""
    row = raw.strip()
    row = row[1:] if row.startswith("|") else row
    row = row[:-1] if row.endswith("|") and not row.endswith("\\|") else row
    return _PIPE.split(row)


def _blank(column: Sequence[tuple[Entry, str]]) -> str:
    """How a column shows that it has nothing to say: empty, or a dash."""
    dashes = Counter(cell for _, cell in column if not re.search(r"\w", cell))
    common = dashes.most_common(1)[0][0] if dashes else ""
    return f" {common} " if common else "  "


def _cell(role: str, column: Sequence[tuple[Entry, str]], new: NewEntry, star: str) -> str:
    if role == "title":
        return _title(column, new) + (f" {star}" if new.starred else "")
    if role == "index":
        numbers = [found[0] for _, cell in column if (found := re.search(r"\d+", cell))]
        return column[-1][1].replace(numbers[-1], str(int(numbers[-1]) + 1)) if numbers else ""
    if role == "citations":
        return "" if new.citations is None else str(new.citations)
    pattern = _best([learn_cell(cell, entry) for entry, cell in column if cell], new)
    if pattern is not None:
        return _in_cell(fill(pattern, new, number="", title=new.title, tag=TagStyle()))
    return _in_cell(_by_role(role, new))


def _by_role(role: str, new: NewEntry) -> str:
    """What a column takes whose other cells do not show how."""
    link = safe_url(new.links[0]) if new.links else ""
    values = {
        "authors": ", ".join(new.authors),
        "year": str(new.year or ""),
        "venue": new.venue or "",
        "link": f"[paper]({link})" if link else "",
        "note": new.note or "",
        "alias": nickname(new.title) or "",
        "tags": ", ".join(new.labels),
    }
    return values.get(role, "")


def _title(column: Sequence[tuple[Entry, str]], new: NewEntry) -> str:
    title = _in_cell(escaped(new.title))
    pattern = _best([learn_cell(cell, entry) for entry, cell in column], new, titled=True)
    if pattern is None:
        return title
    return fill(pattern, new, number="", title=title, tag=TagStyle())


def _best(
    patterns: Sequence[Pattern | None], new: NewEntry, *, titled: bool = False
) -> Pattern | None:
    """The shape that carries most of what is given, the commonest of those."""
    given = set(new.given)
    fit = [
        pattern
        for pattern in patterns
        if pattern is not None
        and pattern.needs <= given
        and not pattern.odd
        and (pattern.needs or titled)
        and any(piece.slot == "title" for piece in pattern.pieces) == titled
    ]
    seen = Counter(pattern.skeleton for pattern in fit)
    return max(
        fit,
        key=lambda p: (len(p.carries & given), not p.cut, seen[p.skeleton]),
        default=None,
    )


def _in_cell(words: str) -> str:
    return _PIPE.sub(r"\\|", words)
