"""Phrases that are filters: what a rule is, and the pieces that patterns are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from paperbot.search.answer import Query

Match = re.Match[str]
Apply = Callable[[Query, Match, int], Query]
"""Changes a query by what matched; the number is this year."""

SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2,
    "half a dozen": 6, "a dozen": 12, "a single": 1,
}  # fmt: skip
LARGE = SMALL | {
    "twenty": 20, "thirty": 30, "fifty": 50, "a hundred": 100, "one hundred": 100, "hundred": 100,
    "two hundred": 200, "five hundred": 500, "a thousand": 1000, "one thousand": 1000,
    "thousand": 1000, "ten thousand": 10_000,
}  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """Give a pattern of any of these words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


YEAR = r"((?:19|20)\d\d)"
COUNT = rf"(\d{{1,2}}|{any_of(SMALL)})"
NUMBER = rf"(\d[\d,.]*k?|{any_of(LARGE)})"
ON = r"(?: (?:on|about|of|for|regarding|to))"
PAPERS = (
    r"(?:papers?|articles?|reads|readings?|references|results|hits|works?|ones"
    r"|recommendations|suggestions|surveys?|reviews?|blog ?posts?|titles|publications)"
)

# What someone who asks may lack ("no prior knowledge"), where nothing else is meant by it
# ("knowledge distillation"). Needs what ends a clause behind it.
LACKED = (
    r"(?:(?:any|much|real|prior|previous|formal|technical|deep) ){0,2}"
    r"(?:knowledge|experience|expertise|exposure|clue|idea|(?:[\w-]+ )?background)"
    r"(?=$|[,;:.!?]| +\W| (?:of|in|about|on|with|at all|whatsoever|please|and|but|where|how|what|yet)\b)"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that is a filter: its pattern, and what it does to the query."""

    source: str
    apply: Apply

    def search(self, text: str) -> Match | None:
        """Find the phrase in a text."""
        return compiled(self.source).search(text)


@dataclass(frozen=True, slots=True)
class Group:
    """Rules that can only fit where one of ``triggers`` (lower case) stands in the text.

    Most questions hold no filter: their patterns are then not even compiled, which would be a
    tenth of a cold answer.
    """

    triggers: tuple[str, ...]
    rules: tuple[Rule, ...]

    def may_fit(self, text: str) -> bool:
        """Tell whether a text (lower case) is worth a look."""
        return not self.triggers or any(trigger in text for trigger in self.triggers)


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed; capitals or not is all the same."""
    return re.compile(source, re.IGNORECASE)


def rule(apply: Apply, *ways: str, inside: bool = False) -> Rule:
    """Make a rule of the ways to say one thing, whole words each.

    ``inside`` lets a match begin right behind a word, at its comma.
    """
    begins = "" if inside else r"(?<![\w.-])"
    return Rule(rf"{begins}(?:{'|'.join(ways)})(?![\w-])", apply)


def change(query: Query, **changes: object) -> Query:
    """Give the query with other filters."""
    return replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


def number(text: str) -> int:
    """Read a number in digits ("1,000", "2k") or words."""
    text = text.casefold()
    if text in LARGE:
        return LARGE[text]
    value = float(text.rstrip("k").replace(",", "").rstrip("."))
    return int(value * 1000 if text.endswith("k") else value)


def said(match: Match) -> str:
    """Give the one group of a rule's ways that matched."""
    return next(group for group in match.groups() if group)
