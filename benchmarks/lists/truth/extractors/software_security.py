"""Truth for 11-AdaLogics-software-security-paper-list: ``- [Title](link)`` under ``## topic``."""

import re

from common import Row, lines_of, write, year_of_link

NAME = "11-AdaLogics-software-security-paper-list"
FIRST = 53  # above it stand the introduction and the contents
DOUBT = {
    375: "a talk under a session's page",
    513: "its title is its link",
}


def main() -> None:
    """Writes the truth file."""
    rows, topic = [], ""
    for at, line in lines_of(f"{NAME}.md"):
        if at < FIRST:
            if entry := re.fullmatch(r"\* (?:\[([^\]]*)\]\(([^)]*)\).*|(.*))", line):
                title, url, plain = entry.groups()
                section = intro(at)
                rows.append(Row(at, "0", title or plain, url or "", "", section))
            continue
        if line.startswith("## "):
            topic = line[3:]
        elif entry := re.fullmatch(r"- \[(.*)\]\((.*)\)", line):
            title, url = entry[1].strip().removesuffix("."), entry[2]
            mark = "?" if at in DOUBT else "1"
            rows.append(Row(at, mark, title, url, year_of_link(url), f"Papers > {topic}"))
    write(NAME, rows)


def intro(at: int) -> str:
    """Where a bullet above the papers stands."""
    if at > 40:
        return "Papers"
    return "Software security paper list" + (" > Other paper lists" if at > 34 else "")


main()
