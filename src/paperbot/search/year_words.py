"""Years in a question: "since 2023", "before 2020", "2021–2023", "the last two years"."""

from __future__ import annotations

import re

from paperbot.search.answer import Query
from paperbot.search.rules import NUMBER, YEAR, Match, any_of, change, number, rule, said

_DECADES = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}
_DATED = (
    r"(?:(?:which|that) )?(?:(?:are|were|was|is|has been|have been) )?"
    r"(?:(?:published|written|released|from|done|dated|appeared|came out|only) )?"
)
_WITHIN = r"(?:(?:in|from|of|over|during|within) )?"
_THE = r"(?:the year )?"
# "2048 tokens" is no year.
_COUNTED = r"(?! (?:tokens?|words?|gpus?|bits?|dimensions?|layers?|heads?|steps?)\b)"


def _since(query: Query, match: Match, _: int) -> Query:
    return change(query, since=int(said(match)))


def _after(query: Query, match: Match, _: int) -> Query:
    return change(query, since=int(said(match)) + 1)


def _until(query: Query, match: Match, _: int) -> Query:
    return change(query, until=int(said(match)))


def _before(query: Query, match: Match, _: int) -> Query:
    return change(query, until=int(said(match)) - 1)


def _between(query: Query, match: Match, _: int) -> Query:
    first, last = sorted((int(match[1]), int(match[2])))
    return change(query, since=first, until=last)


def _in(query: Query, match: Match, this_year: int) -> Query:
    year = int(said(match))
    return query if year > this_year + 1 else change(query, since=year, until=year)


def _decade(query: Query, match: Match, _: int) -> Query:
    word = match[1].casefold()
    first = 1900 + _DECADES[word] if word in _DECADES else int(word.rstrip("s"))
    return change(query, since=first, until=first + 9)


def _last_years(query: Query, match: Match, this_year: int) -> Query:
    return change(query, since=this_year - number(said(match)))


def _not_in(query: Query, match: Match, _: int) -> Query:
    years = tuple(int(year) for year in re.findall(r"\d{4}", match[0]))
    return change(query, not_years=tuple(dict.fromkeys((*query.filters.not_years, *years))))


YEARS = (
    rule(_not_in,
         r"(?:,? ?(?:but )?(?:that |which )?(?:are |were |is )?)?"
         r"(?:not|n't|excluding|except(?: for)?|other than|anything but|without)"
         rf" (?:those |papers? |ones? )?(?:(?:from|in|of|published in) )?{_THE}{YEAR}"
         rf"(?:(?:,| or| and|,? nor) {YEAR})*{_COUNTED}", inside=True),
    rule(_between,
         rf"{_DATED}(?:between|from|in) {YEAR} (?:and|to|until|till|through) {YEAR}"),
    rule(_between, rf"(?:in |from )?{YEAR} ?(?:-|–|—|to|until|till) ?{YEAR}"),
    rule(_since,
         rf"(?:from |since )?{YEAR} ?(?:-|–|to|until|till) ?(?:today|now|present|date)",
         rf"(?:not|nothing|none|no) (?:before|older than|earlier than|prior to) {_THE}{YEAR}",
         rf"(?:in|from) or after {YEAR}",
         rf"(?:younger than|min(?:imum|\.)?) {YEAR}",
         rf"(?:≥|>=) ?{YEAR}",
         rf"{_DATED}(?:since|starting(?: in| from| with)?|as (?:of|from)) {_THE}{YEAR}"
         r"(?: on(?:wards?)?)?",
         rf"(?:from|in|since) {YEAR} on(?:wards?)?|{YEAR} (?:onwards?|upwards?|on(?=$|[,:;]))",
         rf"{_DATED}(?:(?:from|in) )?{YEAR} (?:and|or) (?:later|newer|after|up|onwards?)",
         rf"{_DATED}(?:in )?{YEAR} ?\+"),
    rule(_until,
         rf"(?:not|nothing|none|no) (?:after|newer than|later than) {_THE}{YEAR}",
         rf"{_DATED}(?:until|up to|till|through|by)(?: and including)? {_THE}{YEAR}"
         r"(?: included| inclusive)?",
         rf"(?:≤|<=) ?{YEAR}",
         rf"(?:in|from) or before {YEAR}",
         rf"(?:at the latest|max(?:imum|\.)?) {YEAR}",
         rf"(?:from )?{YEAR} at the latest",
         rf"{_DATED}{YEAR} (?:and|or) (?:earlier|older|before)"),
    rule(_after,
         rf"{_DATED}(?:after|newer than|later than|more recent than|post-?) ?{_THE}{YEAR}",
         rf"> ?{YEAR}"),
    rule(_before,
         rf"{_DATED}(?:from )?(?:before|older than|earlier than|prior to|pre-?) ?{_THE}{YEAR}",
         rf"< ?{YEAR}"),
    rule(_last_years,
         rf"{_WITHIN}(?:the )?(?:last|past|previous) {NUMBER} years?",
         rf"since {NUMBER} years",
         rf"not older than {NUMBER} years"),
    rule(lambda q, m, y: change(q, since=y - 1, until=y - 1), r"last year's|(?<!the )last year"),
    rule(lambda q, m, y: change(q, since=y - 1), rf"{_WITHIN}the (?:last|past) year"),
    rule(lambda q, m, y: change(q, since=y - 10), rf"{_WITHIN}the (?:last|past) decade"),
    rule(lambda q, m, y: change(q, since=y, until=y), r"this year's"),
    rule(lambda q, m, y: change(q, since=y), rf"{_WITHIN}this year"),
    rule(lambda q, m, y: change(q, since=2000 + int(m[1]), until=2000 + int(m[1])),
         r"(?:only |in |from )['’](\d\d)"),
    rule(_decade, rf"{_WITHIN}(?:the )?({any_of(_DECADES)}|(?:19|20)\d0s)"),
    rule(_in,
         rf"{_DATED}(?:only )?(?:in|from|of|during|for) {_THE}{YEAR}(?: only)?",
         rf"only {YEAR}",
         rf"{YEAR} only",
         rf"(?<![.$€]){YEAR}(?![.:]\d){_COUNTED}"),
)  # fmt: skip
