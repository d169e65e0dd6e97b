"""Which raw lines of a list were placed; those that were not are reported, none in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbot.lists.values import Problem

_DO = "nothing, unless a paper or note stands there: then move it, or write it as the others are"

# The one reason that is no purpose.
_UNPLACED = "neither paper, note nor section"

_ORNAMENT = re.compile(
    r"!\[(?:[^\[\]]|\[[^\]]*\])*\]\([^)]*\)|!\[[^\]]*\]\[[^\]]*\]"
    r"|<[!/]?[a-zA-Z][^<>]*>|^\s*</?[a-zA-Z][^>]*$|^[^<]*/?>\s*$|&\w+;|:[a-z0-9_+-]+:"
)
_BACK = re.compile(
    r"(?i)\W*(?:back to|go to|return to)? ?(?:the )?(?:top|contents?|toc)\W*(?:\(#[^)]*\))?\W*"
)


def is_ornament(line: str) -> bool:
    """Whether a line holds no words: rules, pictures, badges, tags without text."""
    words = re.sub(r"\[\s*\](?:\([^)]*\)|\[[^\]]*\])", " ", _ORNAMENT.sub(" ", line))
    return not re.search(r"\w", words) or bool(_BACK.fullmatch(words))


class Ledger:
    """The lines that found a place, and why others did not."""

    def __init__(self) -> None:
        self.placed: set[int] = set()
        self.reasons: dict[int, str] = {}

    def place(self, first: int, last: int) -> None:
        """These lines are a paper, a note, a section or an introduction, or reported."""
        self.placed.update(range(first, last + 1))

    def skip(self, first: int, last: int, reason: str) -> None:
        """These lines are left out on purpose."""
        for line in range(first, last + 1):
            self.reasons.setdefault(line, reason)

    def unread(self, name: str, lines: Sequence[str]) -> list[Problem]:
        """One report for each run of lines with one reason that found no place."""
        found: list[Problem] = []
        run: list[int] = []
        reason = ""
        commented = fenced = False
        for at, line in enumerate(lines, 1):
            opened = commented or "<!--" in line
            commented = opened and "-->" not in line.rpartition("<!--")[2]
            fence = line.lstrip().startswith(("```", "~~~"))
            fenced ^= fence
            if not line.strip() or is_ornament(line):
                continue
            if at in self.placed:
                found += _report(name, run, reason)
                run = []
                continue
            why = self.reasons.get(at) or _reason(line, commented=opened, code=fenced or fence)
            if run and why != reason:
                found += _report(name, run, reason)
                run = []
            run.append(at)
            reason = why
        return found + _report(name, run, reason)


def _reason(line: str, *, commented: bool, code: bool) -> str:
    if commented:
        return "commented out"
    if code:
        return "a block of code"
    if re.search(r"\]\(#|\]\([\w./-]+\.md[)#]", line):
        return "a table of contents"
    return _UNPLACED


def _report(name: str, run: Sequence[int], reason: str) -> list[Problem]:
    if not run:
        return []
    many = f"lines {run[0]}–{run[-1]}" if len(run) > 1 else "a line"
    return [Problem(name, run[0], f"{many} not read: {reason}", _DO, aside=reason != _UNPLACED)]
