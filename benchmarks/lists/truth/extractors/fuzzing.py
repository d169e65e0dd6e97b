"""Truth for 28-wcventure-FuzzingPaper: the same papers by venue, by subject, and with abstracts.

By venue (19-749) a bold bullet names venue and year of those below; by subject (753-1236) stand
the contents of what follows, and a few papers that have no abstract; from 1239 on each heading
below a subject is a paper, with its links in bullets under it.
"""

import re

from common import Row, lines_of, write, write_folds, year_of_link

NAME = "28-wcventure-FuzzingPaper"
BY_VENUE, BY_SUBJECT, ABSTRACTS = 18, 751, 1239
END = 5397  # the heading of a page counter
VENUE_YEAR = re.compile(r"\s*\([^()]*?(?:\b|(?<=[A-Za-z]))(?:((?:19|20)\d\d)|'(\d\d))[^()]*\)$")
BARE_VENUE = "(STVR)"
TALK = 4870  # video and slides, and the abstract says so
MENDED = {  # a bracket that never closes, a link inside a link: as they were meant
    3916: "https://nesa.zju.edu.cn/download/lcy_pdf_slime_issta_22.pdf",
    4851: "https://link.springer.com/chapter/10.1007/978-3-030-34968-4_12",
}


def main() -> None:
    """Writes the truth file and its folds."""
    lines = lines_of(f"{NAME}.md")
    rows, folds = index(lines)
    write(NAME, rows + abstracts(lines))
    write_folds(NAME, folds)


def index(lines: list[tuple[int, str]]) -> tuple[list[Row], dict[int, str]]:
    """The papers by venue and by subject, with the bold or linked bullet above as a fold."""
    rows: list[Row] = []
    folds: dict[int, str] = {}
    section, group, group_year = "Recent Papers Related To Fuzzing", "", ""
    for at, line in lines[: ABSTRACTS - 1]:
        if line.startswith("#"):
            deeper = line.startswith("## ")
            section = ("Recent Papers Related To Fuzzing > " if deeper else "") + line.strip("# ")
            group = group_year = ""
        elif head := re.match(r"- (?:\*\*(.*)\*\*|\[(.*)\]\((#.*)\))", line):
            group = (head[1] or head[2]).replace("\\", "")
            group_year = "".join(re.findall(r"\d{4}", group)[:1])
            rows.append(Row(at, "0", group, head[3] or "", "", section))
        elif entry := re.match(r" +- +\[(.*)\]\((.*)\)", line):
            title, stated = split(entry[1])
            url, inner = entry[2], not entry[2].startswith("http")
            mark = "1" if not inner else "?" if at < BY_SUBJECT else "0"
            when = stated or group_year or year_of_link(url)
            rows.append(Row(at, mark, title, url, when, section))
            folds[at] = f"{section} > {group}"
        elif entry := re.match(r"\d\. (.*)", line):
            rows.append(Row(at, "0", entry[1], "", "", section))
    return rows, folds


def abstracts(lines: list[tuple[int, str]]) -> list[Row]:
    """The headings that are papers, each with the first link labelled as the paper."""
    rows, section = [], ""
    for at, line in lines[ABSTRACTS - 1 : END - 1]:
        if line.startswith("# "):
            section = line[2:].strip()
        elif line.startswith("### "):
            title, stated = split(re.sub(r"<a name.*", "", line[4:]))
            url = MENDED.get(at) or paper_link(lines, at)
            mark = "0" if at == TALK else "1"
            rows.append(Row(at, mark, title, url, stated or year_of_link(url), section))
    return rows


def paper_link(lines: list[tuple[int, str]], at: int) -> str:
    """The first link whose label begins with Paper, else the first of all.

    Nothing where that link leads nowhere (2012), or where a link called Link stands beside it
    (1241, 1248) and either could be meant.
    """
    links: list[tuple[str, str]] = []
    for _, line in lines[at:]:
        if line.startswith("#"):
            break
        if found := re.match(r"\* <img[^>]*>\[([^\]]*)\]\((.*)\)", line):
            links.append((found[1], found[2]))
    papers = [url for label, url in links if label.startswith("Paper")]
    if any(label == "Link" for label, _ in links) or papers == ["./Paper/.pdf"]:
        return ""
    return papers[0] if papers else links[0][1] if links else ""


def split(text: str) -> tuple[str, str]:
    """Title, and the year in the bracket that ends it."""
    text = text.replace("\\&", "&").strip()
    year = ""
    if found := VENUE_YEAR.search(text):
        year, text = found[1] or "20" + found[2], text[: found.start()]
    return text.removesuffix(BARE_VENUE).strip().removesuffix("."), year


main()
