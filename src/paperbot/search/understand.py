"""The words of a question to a ``Query``: phrasing stripped, filters and intent read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from paperbot.search.answer import Query
from paperbot.search.comparisons import read_sides
from paperbot.search.filter_words import read_filters
from paperbot.search.likeness import NameIn, read_likeness, read_similar
from paperbot.search.newcomers import SpokenOf, read_path
from paperbot.search.phrasing import GAP, is_phrasing, said_words, strip_phrasing

# "Houlsby et al. 2019, ", "Rabe and Staats et al.'s "
_AUTHORS = re.compile(
    r"(?:\bby )?\b[A-Z][\w'’-]+(?: (?:and|&) [A-Z][\w'’-]+)? et al\b\.?,?(?: ?\(?(?:19|20)\d\d\)?)?(?:['’]s\b)?[,:]? ?"
)


def understand(
    asked: str,
    *,
    this_year: int,
    is_name: Callable[[str], bool] = lambda _: False,
    name_in: NameIn = lambda _: None,
    spoken_of: SpokenOf = lambda clauses: [*map(said_words, clauses)],
    venues: Iterable[str] = (),
) -> Query:
    """Read a question. ``is_name`` tells titles and nicknames, which are taken as they stand.

    ``name_in`` finds the name of a paper among other words, ``spoken_of`` the clause that says most
    (without it the longest); ``venues`` are the venues that the lists know, beside the field's
    usual ones; ``this_year`` is what "the last two years" count from. Pure.
    """
    name_in = cache(name_in)  # asked before the filters are read, and after
    text = " ".join(asked.split())
    query = Query(text=text, asked=asked)
    if is_name(text):
        return query
    # "I read the survey on agents, what next?" has no filter.
    if named := read_likeness(text, name_in, alone=True):
        return replace(query, intent="similar", text=named)
    # Authors are not searched: what is left says more, and their year is no wish for a year.
    unnamed = _AUTHORS.sub("", text)
    text = unnamed if said_words(unnamed) else text
    whole = text.strip(' ?!.,;:…"“”')
    query, text = read_filters(query, whole, venues=venues, this_year=this_year)
    was_filtered = GAP in text
    query, text = _read_intent(query, text, is_name, name_in, spoken_of)
    if query.intent == "topic" and is_phrasing(text):
        # "starred papers" has no topic; "papers" alone can have no other.
        text = "" if was_filtered or not text else whole
    return replace(query, text=_closed(text))


def _closed(text: str) -> str:
    """Close the gaps that filters left."""
    return " ".join(text.replace(GAP, " ").split()).strip(" ,;:")


def _read_intent(
    query: Query,
    text: str,
    is_name: Callable[[str], bool],
    name_in: NameIn,
    spoken_of: SpokenOf,
) -> tuple[Query, str]:
    asked, topic = _closed(text), strip_phrasing(text)
    query, rest = read_path(query, asked, spoken_of)
    if query.intent == "topic":
        query, rest = read_similar(query, rest, is_name, name_in)
    for said in dict.fromkeys((asked, _closed(topic))):
        if query.intent == "topic":
            query, rest = read_sides(query, said, is_name, bare=asked.startswith(_closed(topic)))
    return query, rest if query.intent != "topic" else topic


def query_text(query: Query) -> str:
    """Write a query as one line that ``understand`` reads back as the same query."""
    filters = query.filters
    words = {"path": "where do I start with ", "similar": "papers like "}.get(query.intent, "")
    if query.sides:
        parts = [" vs ".join(query.sides) + (f" for {query.text}" if query.text else "")]
    else:
        parts = [words + query.text]
    if filters.kind:
        parts.append(f"kind:{filters.kind}")
    parts += [f"not-kind:{kind}" for kind in filters.not_kinds]
    if filters.section:
        parts.append(f'section:"{filters.section}"')
    if filters.starred:
        parts.append("starred only")
    if filters.min_citations is not None:
        parts.append(f"with at least {filters.min_citations} citations")
    if filters.max_citations is not None:
        parts.append(f"with at most {filters.max_citations} citations")
    parts += [f"not from {year}" for year in filters.not_years]
    if query.cited:
        parts.append("highly cited")
    if query.recent:
        parts.append("lately")
    if filters.venue:
        parts.append(f"from {filters.venue}")
    if filters.since and filters.until:
        parts.append(f"between {filters.since} and {filters.until}")
    elif filters.since:
        parts.append(f"since {filters.since}")
    elif filters.until:
        parts.append(f"until {filters.until}")
    if query.count:
        parts.append(f"max {query.count} papers")
    parts += [f"not about {topic}" for topic in filters.not_about]
    return " ".join(parts)
