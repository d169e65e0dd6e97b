"""reStructuredText lists told as Markdown, line by line: headings, links, footnotes."""

from __future__ import annotations

import re

from paperbot.lists import rsttables
from paperbot.lists.blocks import Block

_RULE = re.compile(r"([=\-~^\"'`#*+:.<>_])\1{2,}\s*$")
_LINK = re.compile(r"`([^`<]+?)\s*<([^`>]+)>`__?")
_ROLE = re.compile(r":[a-z]+:`([^`]+)`")
_SUBSTITUTION = re.compile(r"^\.\. \|([^|]+)\| (?:replace::\s*(.*)|image::.*)$")
_FOOTNOTE = re.compile(r"^\.\. \[[^\]]+\] (.+)$")
"""``.. [#] text`` and ``.. [Mni13] text``: how many keep their references."""
_TARGET = re.compile(r"^\.\. _`?([^:`]+)`?:\s*(\S+)\s*$")


def to_markdown(lines: list[str]) -> list[Block]:
    """Rewrites the lines in place as Markdown, one for one; tables come back as blocks."""
    words = {m[1]: m[2] or "" for line in lines if (m := _SUBSTITUTION.match(line))}
    targets = {m[1].lower(): m[2] for line in lines if (m := _TARGET.match(line))}
    levels: dict[str, int] = {}
    tables: list[Block] = []
    at = 0
    while at < len(lines):
        table = rsttables.take(lines, at, lambda cell: _inline(cell, words, targets))
        if table is not None:
            tables.append(table[0])
            at = table[1]
            continue
        if note := _FOOTNOTE.match(lines[at]):
            lines[at] = "- " + _inline(note[1], words, targets)
        elif lines[at].startswith(".. "):
            lines[at] = ""
        elif _is_heading(lines, at):
            mark = lines[at + 1][0]
            over = at > 0 and lines[at - 1][:1] == mark and bool(_RULE.match(lines[at - 1]))
            if over:
                lines[at - 1] = ""
            level = levels.setdefault(mark + "^" * over, min(len(levels) + 1, 6))
            lines[at] = f"{'#' * level} {_inline(lines[at].strip(), words, targets)}"
            lines[at + 1] = ""
        else:
            lines[at] = _inline(lines[at], words, targets)
        at += 1
    return tables


def _is_heading(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or not lines[at].strip() or _RULE.match(lines[at]):
        return False
    under = lines[at + 1]
    return bool(_RULE.match(under)) and len(under.rstrip()) >= len(lines[at].strip()) - 2


def _inline(line: str, words: dict[str, str], targets: dict[str, str]) -> str:
    line = re.sub(r"\|([^|\s][^|]*)\|", lambda m: words.get(m[1], m[0]), line) if words else line
    line = _LINK.sub(lambda m: f"[{m[1].strip()}]({m[2].strip()})", line)
    line = re.sub(r"`([^`]+)`_", lambda m: _target(m[1], targets), line)
    return _ROLE.sub(r"\1", line).replace("``", "`")


def _target(name: str, targets: dict[str, str]) -> str:
    url = targets.get(name.lower())
    return f"[{name}]({url})" if url else name
