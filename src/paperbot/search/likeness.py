"""Questions for papers like one: "more like Orca", "I liked Medusa, what next?"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from paperbot.indexing.text import words
from paperbot.search.answer import Query
from paperbot.search.phrasing import is_phrasing, said_words
from paperbot.search.words import STOP

_EDGES = " ?!.,;:'\"“”‘’"


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper that a text names: the name as it is looked up, and all words of the paper's head."""

    name: str
    words: frozenset[str]


NameIn = Callable[[str], NamedPaper | None]
"""Finds the longest name in a text that one paper alone goes by."""

_THINGS = (
    r"(?:more|others?|papers?|works?|something|anything(?: else)?|stuff|articles?|ones|research"
    r"|what else is there|else)"
)
_HOW = (
    r"(?P<how>like|similar to|close to|related to|akin to|comparable (?:to|with)|resembl(?:e|es|ing)"
    r"|in the (?:direction|spirit|style|vein|line) of|in the same (?:vein|direction|spirit|line) as"
    r"|along the lines of|neighbou?rs of|kin of|alternatives? to|near)"
)
_SUCH = (
    r"\b(?:similar|like (?:it|that|this)|more|else|alike|relatives|kin|akin"
    r"|(?:same|that) (?:vein|spirit|style|direction|kind))\b"
)
_LIKE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^what (?:should|can|could|do) (?:i|we) (?:read|look at)(?: next)? (?:if|when|after) "
        r"(?:i|we) (?:liked?|loved?|enjoyed|read) (?P<name>.+)$",
        rf"^(?:i|we) (?:really )?(?:liked?|loved?|enjoyed) (?P<name>.+?)[,;.!]\s*.*{_SUCH}.*$",
        rf"^(?P<how>)(?P<name>.+?) (?:was|is) (?:great|good|nice|fun|excellent|interesting|useful"
        rf"|helpful)[,;.!]*\s.*{_SUCH}.*$",
        r"^(?:.*?(?<![\w-]))?similar (?:papers?|works?|ones|articles?|approaches) (?:to|as) "
        r"(?P<name>\S.*)$",
        r"^(?P<name>\S+)-like (?:papers?|works?|systems?|approaches)$",
        rf"^(?P<before>.*?(?<![\w-]))?(?:{_THINGS} )?(?:(?:that|which) )?(?:(?:is|are|comes?) )?"
        rf"{_HOW}\s+(?P<name>\S.*)$",
    )
]
_NOT_THE_NAME = re.compile(
    r"^(?:the|this|that) (?=.*\bpapers?$)"
    r"|\s*(?:[,;.!?].*|papers?|please|pls|in (?:our|the) lists?)$",
    re.IGNORECASE,
)

# "papers related to attention" asks by topic, "related to Orca" by likeness.
_VAGUE = ("close", "related", "near", "comparable with", "alternative", "in the")

# Beside the name of a paper these ask for others, where nothing else is said.
_LIKENESS = frozenset(
    """
    similar akin alike kin kindred sibling siblings relative relatives cousin cousins related
    relating relates successor successors predecessors rival rivals competitor competitors competing
    alternative alternatives neighbour neighbours neighbor neighbors vein spirit style direction
    resembling resemble resembles comparable followup followups close near like likewise descendants
    follow ups up builds build built upon beyond line lines same along
    """.split()
)
_READ = frozenset("read finished finish liked like enjoyed enjoy loved love after through".split())
_NEXT = frozenset(
    "next else other others more further now then follows come comes continue".split()
)


def read_similar(
    query: Query, text: str, is_name: Callable[[str], bool], name_in: NameIn
) -> tuple[Query, str]:
    """Read "papers like X". The vaguer ways to say so need X to be the name of a paper."""
    if named := read_likeness(text, name_in):
        return replace(query, intent="similar"), named
    match = next(filter(None, (pattern.match(text) for pattern in _LIKE)), None)
    if match is None:
        return query, text
    name = match["name"].strip(_EDGES)
    while (shorter := _NOT_THE_NAME.sub("", name).strip(_EDGES)) != name and shorter:
        name = shorter
    groups = match.groupdict()
    before = (groups.get("before") or "").casefold().strip()
    if not is_phrasing(before) or before.endswith(("'d", "’d", "would")):
        return query, text  # "a model that thinks like people", "I'd like two papers"
    how = groups.get("how")
    vague = how == "" or (how or "").casefold().startswith(_VAGUE)
    if vague and not is_name(name):
        return query, text
    return replace(query, intent="similar"), name


def read_likeness(text: str, name_in: NameIn) -> str | None:
    """Give the paper's name where a text names one and says nothing else than to want its like."""
    every = words(text)
    said = set(every)
    if not (said & (_LIKENESS - {"like"}) or (said & _READ and said & _NEXT)):
        return None
    named = name_in(text)
    if named is None:
        return None
    rest = " ".join(f" {' '.join(every)} ".replace(f" {named.name} ", " ").split())
    other = [w for w in rest.split() if w not in named.words | _LIKENESS | _READ | _NEXT | STOP]
    asks = said - set(named.name.split())
    if said_words(" ".join(other)) or not (asks & _LIKENESS or asks & _NEXT):
        return None
    return named.name
