"""Tables: what each column holds, told by its header and by its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperbot.lists.columns import header_role, roles_of
from paperbot.lists.inline import Text
from paperbot.lists.rows import read_row

if TYPE_CHECKING:
    from paperbot.lists.outline import Outline


def read(walk: Outline, rows: list[tuple[int, list[Text]]], first: int, last: int) -> None:
    """Reads the rows of a table as entries of the walk; its first row is the header.

    The table takes the raw lines ``first`` to ``last``.
    """
    if walk.furniture:
        walk.keep_house(first, last)
        return
    if len(rows) < 2:
        return
    header = rows[0][1]
    if any(cell.links() for cell in header) and not any(header_role(c.text) for c in header):
        rows = [(rows[0][0], []), *rows]
        header = []
    roles = roles_of(header, [cells for _, cells in rows[1:]], walk.habits)
    if "title" not in roles:
        walk.report(rows[0][0], "a table in which no column holds titles", "name a column “Title”")
        walk.ledger.place(first, last)
        return
    ends = [*(line - 1 for line, _ in rows[1:]), last]
    walk.ledger.place(first, ends[0])
    for (line, cells), end in zip(rows[1:], ends[1:], strict=True):
        draft = read_row(cells, roles, line, walk.habits, walk.name)
        if draft is not None:
            walk.add(draft)
            walk.ledger.place(line, end)
        elif any(cell.links() for cell in cells):
            walk.report(line, "a row without a title", "fill its title, or delete the row")
            walk.ledger.place(line, end)
