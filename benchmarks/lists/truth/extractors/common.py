"""What the extractors share: rows as text, and years that a link gives away.

Each extractor knows one file by heart and reads nothing else, so none of them may serve to read
lists; they share no code with paperbot.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

TRUTH = Path(__file__).parent.parent
# Folders (never file names) of a publisher's own proceedings, each with a four- or two-digit year.
PROCEEDINGS = (
    r"arxiv\.org/(?:abs|pdf)/(\d\d)\d\d\.\d{4,5}",
    r"aclanthology\.org/(\d{4})\.",
    r"papers\.nips\.cc/paper/(\d{4})/",
    r"computer\.org/csdl/(?:proceedings-article|journal)/\w+/(\d{4})/",
    r"usenix\.org/(?:system/files/)?conference/[a-z]+(\d\d)/",
    r"usenix\.org/(?:legacy/)?events?/[a-z]+(\d\d)/",
    r"usenix\.org/legacy/publications/library/proceedings/[a-z]+(\d\d)/",
    r"ieee-security\.org/TC/SP(\d{4})/",
    r"acsac\.org/(\d{4})/",
    r"aaai\.org/Papers/AAAI/(\d{4})/",
    r"kernel\.org/doc/ols/(\d{4})/",
)


class Row(NamedTuple):
    """One line of a truth file; ``paper`` is "1", "0" or "?"."""

    line: int
    paper: str
    title: str
    url: str = ""
    year: str = ""
    section: str = ""


def year_of_link(url: str) -> str:
    """The year that a paper host's path states, or nothing."""
    for pattern in PROCEEDINGS:
        if found := re.search(pattern, url):
            digits = found[1]
            return digits if len(digits) == 4 else ("20" if int(digits) < 60 else "19") + digits
    return ""


def lines_of(name: str) -> list[tuple[int, str]]:
    """The lines of the list, whose folder is the first argument, numbered from 1."""
    text = (Path(sys.argv[1]) / name).read_text(encoding="utf-8")
    return list(enumerate(text.split("\n"), 1))


def write(name: str, rows: Iterable[Row]) -> None:
    """Writes ``<name>.tsv`` next to the others."""
    lines = ["\t".join(Row._fields).replace("paper", "is_paper")]
    lines += ["\t".join(str(value) for value in row) for row in sorted(rows)]
    (TRUTH / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_folds(name: str, folds: dict[int, str]) -> None:
    """Writes ``<name>.folds.tsv``: section paths that count as right too."""
    lines = ["line\tsection_with_fold"] + [f"{at}\t{path}" for at, path in sorted(folds.items())]
    (TRUTH / f"{name}.folds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
