"""Writes the golden files anew; whoever runs it checks each changed row against the raw list."""

import sys
from pathlib import Path

from paperbot.lists import Entry, parse

HERE = Path(__file__).parent
LISTS = HERE.parents[2] / "data" / "lists"
NAMES = ("llm-papers.md", "llm-internals.md", "llm-recommended.md")
HEADER = (
    "line\ttitle\tcitations\tyear\tderived\tvenue\tstars\tpages\tlabels\tkind\tsection\tlinks\tnote"
)


def row(entry: Entry) -> str:
    """One entry as a golden row."""
    cells = [
        entry.line,
        entry.title,
        "" if entry.citations is None else entry.citations,
        entry.year or "",
        "derived" if entry.year_derived else "",
        entry.venue or "",
        entry.stars or "",
        entry.pages or "",
        ", ".join(entry.labels),
        entry.kind,
        " > ".join(entry.section),
        " ".join(f"{link.role}={link.url}" for link in entry.links),
        (entry.note or "").replace("\n", " ")[:40],
    ]
    return "\t".join(map(str, cells)).rstrip("\t")


def rows(name: str) -> list[str]:
    """The golden rows of a list as it is read now."""
    parsed = parse((LISTS / name).read_bytes(), name, this_year=2026)
    return [HEADER, *map(row, parsed.entries)]


if __name__ == "__main__":
    for name in sys.argv[1:] or NAMES:
        text = "\n".join(rows(name)) + "\n"
        (HERE / name).with_suffix(".tsv").write_text(text, encoding="utf-8")
