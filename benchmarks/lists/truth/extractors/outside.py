"""Truth for three lists outside lists/public, each read in its own few words.

``python outside.py DIR``: DIR holds the files under the names below; CHECKED.md says their source.
"""

import re

from common import Row, lines_of, write, write_folds, year_of_link

BLOG = "91-indianwolverine-aditya-blog-site"
DATABASES = "92-rxin-db-readings"
KNOWLEDGE = "93-thunlp-KRLPapers"


def blog() -> None:
    """``- Title ~ Authors``; a linked title leads to the owner's own review, so it has no url."""
    rows: list[Row] = []
    section = ""
    for at, line in lines_of(f"{BLOG}.md"):
        if line.startswith("### "):
            section = line[4:]
        elif line.startswith("- "):
            title = line[2:].split(" ~ ")[0]
            bare = re.sub(r"\[(.*)\]\(/docs/.*\)", r"\1", title)
            rows.append(Row(at, "1", bare, "", "", section))
    write(BLOG, rows)
    # "Papers" is the title that the file's head states.
    write_folds(BLOG, {row.line: f"Papers > {row.section}" for row in rows})


def databases() -> None:
    """``* [Title](u) (Year): remarks``; a line of two papers is in doubt, as one counts a line."""
    rows: list[Row] = []
    path = ["Readings in Databases"]
    for at, line in lines_of(f"{DATABASES}.md"):
        section = " > ".join(path)
        if line.startswith("## "):
            path[1:] = [re.sub(r"<.*?>|#", "", line).strip()]
        elif entry := re.match(r"\* \[(.*?)\]\((.*?)\)(?: \((\w+)\)( and )?)?", line):
            title, url, year, more = entry.groups()
            year = year if year and year.isdigit() else ""
            rows.append(Row(at, "?" if more else "1", title, url, year, section))
        elif entry := re.match(r" *(?:\d\.|\*) (?:\[(.*)\]\((.*)\)|(\w+): (.*))", line):
            name, link = entry[1] or entry[3], entry[2] or entry[4]
            rows.append(Row(at, "0", name, link, "", section))
    write(DATABASES, rows)


def knowledge() -> None:
    """``1. **Title.**``, below it authors, venue, year and links, then a remark."""
    rows: list[Row] = []
    top, section = "", ""
    lines = lines_of(f"{KNOWLEDGE}.md")
    for at, line in lines:
        if line.startswith("## "):
            top = line[3:]
        elif line.startswith("### "):
            section = f"{top} > {line[4:]}"
        elif entry := re.fullmatch(r"1\. \*\*(.*)\*\*", line):
            below = lines[at][1]  # the next line
            url = re.findall(r"\[paper\]\((.*?)\)", below)[0]
            stated = re.findall(r"\b(?:19|20)\d\d\b", below.split("[paper]")[0])
            year = stated[-1] if stated else year_of_link(url)
            rows.append(Row(at, "1", entry[1].removesuffix("."), url, year, section))
    write(KNOWLEDGE, rows)


blog()
databases()
knowledge()
