"""How well public reading lists are read: precision, recall and F1 of papers, and each field.

    PAPERBOT_BENCH_DATA=<folder that holds lists/public> python benchmarks/lists/measure.py [LIST …]
        [--heldout]  the four lists kept aside, alone   [--wrong N]  N misreadings of each list
        [--earlier]  the two kept aside before them     [--outside DIR]  lists that lie in DIR
        [--markdown] a table for benchmarks/results/lists.md

Truth (``truth/*.tsv``: line, is_paper, title, url, year, section) was made by one throw-away
extractor a list that shares no code with paperbot. A row marked ``?`` counts neither way. Fields
are scored over the papers that both hold; a year or link that truth leaves empty is not scored.
``*.folds.tsv`` give a second section path that counts as right too: with the fold's name.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
import time
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from paperbot.lists import Entry, parse

HERE = Path(__file__).parent
# How the names of the lists begin, by group; all others serve development. Those outside are no
# part of lists/public: truth/CHECKED.md names where each comes from.
GROUPS = {
    "heldout": ("11-", "28-", "41-", "45-"),
    "earlier": ("16-", "50-"),
    "outside": ("9",),
}
FIELDS = ("title", "link", "year", "section")
PAPERS = {"paper", "survey", "thesis"}


@dataclass
class Score:
    """Counts of one list."""

    name: str
    right: int = 0
    found: int = 0
    true: int = 0
    fields: dict[str, list[int]] = field(default_factory=lambda: {f: [0, 0] for f in FIELDS})
    wrong: list[str] = field(default_factory=list)

    def row(self) -> list[str]:
        """The figures as text: precision, recall, F1, then each field."""
        precision = self.right / max(self.found, 1)
        recall = self.right / max(self.true, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        shares = [good / n if n else 1.0 for good, n in self.fields.values()]
        return [f"{value:.3f}" for value in (precision, recall, f1, *shares)]


def same(text: str) -> str:
    """A title with quotes and blanks of one kind and no stop at its end."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("“”‘’`–—‑", "\"\"'''---"))
    return re.sub(r"\s+", " ", text).strip(" .").replace("- ", "-")


def url_key(url: str) -> str:
    """A URL without scheme and trailing slash."""
    return re.sub(r"^https?://", "", url.strip()).rstrip("/").replace("%20", " ")


def main_url(entry: Entry) -> str:
    """The link that paperbot shows first."""
    for role in ("paper", "pdf"):
        for link in entry.links:
            if link.role == role:
                return link.url
    return entry.links[0].url if entry.links else ""


def truth_rows(name: str) -> tuple[dict[int, dict[str, str]], set[int], dict[int, str]]:
    """Truth papers by line (the first of a line), lines in doubt, sections with folds."""
    with (HERE / "truth" / f"{name}.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    papers = {int(row["line"]): row for row in reversed(rows) if row["is_paper"] == "1"}
    doubt = {int(row["line"]) for row in rows if row["is_paper"] == "?"} - set(papers)
    folds: dict[int, str] = {}
    if (path := HERE / "truth" / f"{name}.folds.tsv").exists():
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            number, section = line.split("\t")
            folds[int(number)] = section
    return papers, doubt, folds


def pair(papers: dict[int, dict[str, str]], entries: list[Entry]) -> dict[int, Entry]:
    """Truth line to entry: the same line, else the same title at most three lines away."""
    by_line: dict[int, Entry] = {}
    for entry in entries:
        by_line.setdefault(entry.line, entry)
    pairs = {line: by_line[line] for line in papers if line in by_line}
    used = {id(entry) for entry in pairs.values()}
    for line, row in papers.items():
        if line in pairs:
            continue
        for at in (line - 1, line + 1, line - 2, line + 2, line + 3):
            other = by_line.get(at)
            if other and id(other) not in used and same(other.title) == same(row["title"]):
                pairs[line] = other
                used.add(id(other))
                break
    return pairs


def score_list(name: str, source: Path) -> Score:
    """Reads one list and compares."""
    papers, doubt, folds = truth_rows(name)
    parsed = parse(source.read_bytes(), source.name, this_year=2026)
    entries = [e for e in parsed.entries if e.kind in PAPERS and e.line not in doubt]
    pairs = pair(papers, entries)
    score = Score(name, len(pairs), len(entries), len(papers))
    paired = {id(entry) for entry in pairs.values()}
    kinds = {e.line: e.kind for e in parsed.entries}
    for line in sorted(set(papers) - set(pairs)):
        score.wrong.append(f"{line} missed ({kinds.get(line)}): {papers[line]['title'][:90]}")
    score.wrong += [f"{e.line} no paper: {e.title[:90]}" for e in entries if id(e) not in paired]
    for line, entry in pairs.items():
        compare(score, papers[line], entry, folds.get(line, ""))
    return score


def compare(score: Score, row: dict[str, str], entry: Entry, fold: str) -> None:
    """Scores each field of one paper."""
    section = " > ".join(entry.section)
    checks = {
        "title": (same(row["title"]), same(entry.title)),
        "link": (url_key(row["url"]), url_key(main_url(entry))),
        "year": (row["year"], str(entry.year or "")),
        "section": (same(row["section"]), same(section)),
    }
    for what, (truth, ours) in checks.items():
        if not truth:
            continue
        right = truth == ours or (what == "section" and fold and same(fold) == ours)
        score.fields[what][0] += bool(right)
        score.fields[what][1] += 1
        if not right:
            score.wrong.append(f"{row['line']} {what}: {truth[:110]!r} read as {ours[:110]!r}")


def total(scores: list[Score]) -> Score:
    """All lists as one."""
    whole = Score("all")
    for one in scores:
        whole.right += one.right
        whole.found += one.found
        whole.true += one.true
        for what in FIELDS:
            whole.fields[what][0] += one.fields[what][0]
            whole.fields[what][1] += one.fields[what][1]
    return whole


def group_of(name: str) -> str | None:
    """The group of a list; none for development."""
    return next((group for group, starts in GROUPS.items() if name.startswith(starts)), None)


def source_of(name: str, folder: Path) -> Path:
    """The file of a list, whatever its kind; ends the run where it is absent."""
    found = next(iter(sorted(folder.glob(f"{name}.*"))), None)
    return found or sys.exit(f"{name}: no such list in {folder}; truth/CHECKED.md says its source")


def main() -> int:
    """Prints one line a list and the sum."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument(
        "lists", nargs="*", help="names that begin so; default: all but the held-out"
    )
    options.add_argument("--heldout", dest="group", action="store_const", const="heldout")
    options.add_argument("--earlier", dest="group", action="store_const", const="earlier")
    options.add_argument("--outside", type=Path, metavar="DIR")
    options.add_argument("--wrong", type=int, default=0)
    options.add_argument("--markdown", action="store_true")
    given = options.parse_args()
    data = os.environ.get("PAPERBOT_BENCH_DATA")
    if not data and not given.outside:
        print("set PAPERBOT_BENCH_DATA to the folder that holds lists/public", file=sys.stderr)
        return 2
    names = sorted(
        path.stem for path in (HERE / "truth").glob("*.tsv") if not path.stem.endswith(".folds")
    )
    group = "outside" if given.outside else given.group
    names = [n for n in names if group_of(n) == group]
    names = [n for n in names if not given.lists or n.startswith(tuple(given.lists))]
    began, folder = time.perf_counter(), given.outside or Path(data or "") / "lists" / "public"
    scores = [score_list(name, source_of(name, folder)) for name in names]
    took = time.perf_counter() - began
    show([*scores, total(scores)], markdown=given.markdown, wrong=given.wrong)
    print(f"\n{sum(s.true for s in scores)} papers in {len(scores)} lists, read in {took:.1f} s")
    return 0


def show(scores: list[Score], *, markdown: bool, wrong: int) -> None:
    """The table, and misreadings where asked."""
    heads = ["list", "papers", "precision", "recall", "F1", *FIELDS]
    if markdown:
        print("| " + " | ".join(heads) + " |\n|" + "---|" * len(heads))
    else:
        print(f"{heads[0]:44s}" + "".join(f"{head:>10s}" for head in heads[1:]))
    for one in scores:
        cells = [one.name[:42], str(one.true), *one.row()]
        if markdown:
            print("| " + " | ".join(cells) + " |")
        else:
            print(f"{cells[0]:44s}" + "".join(f"{cell:>10s}" for cell in cells[1:]))
    for one in scores if wrong else []:
        for line in one.wrong[:wrong]:
            print(f"  {one.name[:12]} {line}")


if __name__ == "__main__":
    sys.exit(main())
