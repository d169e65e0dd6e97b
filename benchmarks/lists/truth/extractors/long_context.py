"""Truth for 45-Xnhyacinth-Awesome-LLM-Long-Context-Modeling: numbered bold links, news bullets."""

import re

from common import Row, lines_of, write, write_folds, year_of_link

NAME = "45-Xnhyacinth-Awesome-LLM-Long-Context-Modeling"
DOUBT = {35, 2897}  # the authors' own survey in a sentence; a repository cited like a paper
BLOGS = "20. Blogs & Tutorials"
FOLD = (188, 283)


def main() -> None:
    """Writes the truth file and its folds."""
    rows: list[Row] = []
    folds: dict[int, str] = {}
    path: list[str] = []
    for at, line in lines_of(f"{NAME}.md"):
        if 39 <= at <= 76:  # drawing of the topics, citation
            continue
        if heading := re.fullmatch(r"(#+) (.*)", line):
            level = len(heading[1])
            path = [*path[: level - 1], re.sub(r"^[📢📜] ", "", heading[2])]
            continue
        section = " > ".join(path)
        if row := one(at, line, section):
            rows.append(row)
            if FOLD[0] < at < FOLD[1]:
                folds[at] = f"{section} > Month Papers"
    write(NAME, rows)
    write_folds(NAME, folds)


def one(at: int, line: str, section: str) -> Row | None:
    """The row of a line."""
    if entry := re.match(r"\d+\. \[\*\*(.*?)\*\*\]\((\S+?)\)(.*)", line):
        title, url, rest = entry.groups()
        mark = "0" if section.endswith(BLOGS) else "?" if at in DOUBT else "1"
        return Row(at, mark, bare(title), url, year(rest, url), section)
    if entry := re.match(r"  - Paper: \[(.*?)\]\((http\S+?)\)(.*)", line):
        title, url, rest = entry.groups()
        return Row(at, "1", bare(title), url, year(rest, url), section)
    if entry := re.match(r" *- (?:\[(.*)\]\((#.*)\)|\*\*(.*)\*\*)", line):
        return Row(at, "0", entry[1] or entry[3], entry[2] or "", "", section)
    if at in DOUBT:
        found = re.search(r"\[(A Comprehensive Survey[^\]]*)\]\((.*?)\)", line)
        return Row(at, "?", found[1], found[2], "", section) if found else None
    return None


def bare(title: str) -> str:
    """A title without its final stop, escapes (2040) and underlined letters (2967)."""
    title = re.sub(r"\$\\underline\{(\w)\}\$", r"\1", title).replace("\\*", "*")
    return title.strip().removesuffix(".")


def year(rest: str, url: str) -> str:
    """The year after the authors (badges cut off), else that of the link."""
    words = re.sub(r"\[!\[.*", "", rest)
    words = words.rsplit("_", 1)[-1]
    years = re.findall(r"\b(?:19|20)\d\d\b", words)
    return str(years[-1]) if years else year_of_link(url)


main()
