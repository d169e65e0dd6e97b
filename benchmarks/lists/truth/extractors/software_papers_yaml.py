"""Truth for 41-facundoolano-software-papers.yml: records of title, author, year, link.

A record ends where the next title begins; the link in a comment (line 631) is no link.
"""

import re

from common import Row, lines_of, write

NAME = "41-facundoolano-software-papers"


def main() -> None:
    """Writes the truth file."""
    records: list[dict[str, str]] = []
    for at, line in lines_of(f"{NAME}.yml"):
        field = re.fullmatch(r" *(?:- )?(title|year|link): *(.*?) *", line)
        if not field:
            continue
        key, value = field.groups()
        if key == "title":
            records.append({"line": str(at)})
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        records[-1][key] = value.replace('\\"', '"')
    # The file has no headings; the topics of a leading paper are labels, not a place.
    write(NAME, [Row(int(r["line"]), "1", r["title"], r["link"], r["year"]) for r in records])


main()
