"""Every line of a list is a paper, a note, a section, an introduction, or reported with its reason."""

import os
import re
from difflib import get_close_matches
from pathlib import Path

import pytest

from paperbot.lists import parse

HERE = Path(__file__).parent
LAB = Path(__file__).parents[2] / "data" / "lists"
DATA = os.environ.get("PAPERBOT_BENCH_DATA")
KEPT_ASIDE = ("11-", "16-", "28-", "41-", "45-", "50-")


def public_lists():
    if not DATA:
        return []
    found = sorted((Path(DATA) / "lists" / "public").glob("*.md"))
    return [path for path in found if not path.name.startswith(KEPT_ASIDE)]


LISTS = [*sorted(LAB.glob("*.md")), *sorted((HERE / "shapes").glob("*.md")), *public_lists()]
SPAN = re.compile(r"lines (\d+)–(\d+) not read")


def words(text):
    text = re.sub(r"https?://\S+|\]\([^)]*\)|<[^>]*>|!\[[^\]]*\]|:\w+:", " ", text)
    return re.findall(r"[^\W\d_]{3,}", text.lower())


def reported(parsed):
    """Lines that the reports name."""
    lines = set()
    for problem in parsed.problems:
        found = SPAN.match(problem.what)
        last = int(found[2]) if found else problem.line
        lines.update(range(problem.line, last + 1))
    return lines


def told(parsed):
    """All words that the reading holds."""
    parts = [parsed.title or ""]
    for entry in parsed.entries:
        parts += [entry.title, *entry.aliases, *entry.authors, entry.venue or "", *entry.labels]
        parts += [note.text for note in entry.notes]
    for section in parsed.sections:
        parts += [*section.path, section.introduction or ""]
    for note in parsed.notes:
        parts += [note.heading, note.note.text]
    return set(words(" ".join(parts)))


def unaccounted(path):
    """Lines of neither record nor report: their words are nowhere, and no entry holds them."""
    raw = path.read_text(encoding="utf-8")
    parsed = parse(raw, path.name, this_year=2026)
    known, named = told(parsed), reported(parsed)
    starts = {entry.line for entry in parsed.entries}
    lines, inside, lost = raw.split("\n"), False, []
    front = 0
    if lines[0].strip() == "---":
        front = next(at for at, line in enumerate(lines[1:], 2) if line.strip() == "---")
    for at, line in enumerate(lines, 1):
        if at in starts:
            inside = True
        elif line.strip() and not line[0].isspace() and not lines[at - 2].strip():
            inside = False
        tokens = words(line)
        if not tokens or at <= front or at in named or inside:
            continue
        if re.match(r" *\|[ :|-]+$", lines[at] if at < len(lines) else ""):
            continue  # the header of a table
        near = [token in known or get_close_matches(token, known, 1, 0.9) for token in tokens]
        if sum(map(bool, near)) < 0.5 * len(tokens):
            lost.append((at, line[:100]))
    return lost


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem[:24])
def test_every_line_is_told_or_reported(path):
    assert unaccounted(path) == []


def test_housekeeping_is_reported_once_a_section_with_its_lines():
    text = """# List
## Contents
- [Papers](#papers)
  - [Old](#old)

## Papers
- [A Title of a Work](https://arxiv.org/abs/2101.00001)

<!-- - [A Hidden Title of a Work](https://arxiv.org/abs/2101.00002) -->

## Contributing
Open an issue.

Then a pull request.
"""
    parsed = parse(text, "a.md", this_year=2026)
    assert [(p.line, p.what) for p in parsed.problems] == [
        (3, "lines 3–4 not read: under “Contents”, where a list keeps house"),
        (9, "a line not read: commented out"),
        (12, "lines 12–14 not read: under “Contributing”, where a list keeps house"),
    ]


def test_pictures_rules_and_badges_need_no_report():
    text = """# List
[![Awesome](https://awesome.re/badge.svg)](https://awesome.re) ![](a.png)
<p align="center"><img src="b.png" width="60%"></p>

---

- [A Title of a Work](https://arxiv.org/abs/2101.00001)

[Back to top](#list)
"""
    assert parse(text, "a.md", this_year=2026).problems == ()
