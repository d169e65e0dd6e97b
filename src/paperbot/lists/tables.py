"""Tables: what each column holds, told by its header and by its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperbot.lists.columns import header_role, roles_of
from paperbot.lists.inline import Text
from paperbot.lists.rows import read_row

if TYPE_CHECKING:
    from paperbot.lists.walk import Walk


def read(walk: Walk, rows: list[tuple[int, list[Text]]]) -> None:
    """Reads the rows of a table as entries of the walk; its first row is the header."""
    if len(rows) < 2 or walk.furniture:
        return
    header = rows[0][1]
    if any(cell.links() for cell in header) and not any(header_role(c.text) for c in header):
        rows = [(rows[0][0], []), *rows]
        header = []
    roles = roles_of(header, [cells for _, cells in rows[1:]], walk.habits)
    if "title" not in roles:
        walk.report(rows[0][0], "a table in which no column holds titles", "name a column “Title”")
        return
    for line, cells in rows[1:]:
        draft = read_row(cells, roles, line, walk.habits, walk.name)
        if draft is not None:
            walk.add(draft)
        elif any(cell.links() for cell in cells):
            walk.report(line, "a row without a title", "fill its title, or delete the row")
