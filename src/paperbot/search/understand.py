"""The words of a question to a ``Query``: phrasing stripped, filters read, follow-ups joined."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import get_args

from paperbot.paper import Kind
from paperbot.search.answer import Filters, Query

_YEAR = r"((?:19|20)\d\d)"
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "couple of": 2,
}  # fmt: skip
_COUNT = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"

# Ways to ask that say nothing of the topic, tried at the beginning until none fits.
_OPENINGS = [
    re.compile(pattern + r"\b[\s:,]*", re.IGNORECASE)
    for pattern in (
        r"(?:hi|hello|hey|please|ok|so|well|thanks)",
        r"(?:can|could|would|will) (?:you|someone|anyone)(?: please)?(?: kindly)?",
        r"(?:what|which)(?: else)?(?: \w+)? (?:should|can|could|do|must|would|shall|might) "
        r"(?:i|we|one|you)(?: \w+)? (?:read|study|look at|recommend|suggest|know|have|start with)"
        r"(?: (?:next|first|now|tonight|today))?(?: (?:on|about|for|regarding|concerning|if))?",
        r"what(?:'s| is| are)(?: there)?(?: \w+)? (?:good|best|known|new|to read)"
        r"(?: (?:papers?|work|reading|to read))?(?: (?:on|about|for|in|regarding))?",
        r"what (?:do we|have we|is there|can i find)(?: have| got)?(?: on| about| for)?",
        r"(?:is|are) there (?:any(?:thing)?|some|something|good)(?: good| interesting)?",
        r"do (?:we|you) (?:have|know)(?: of)?(?: any(?:thing)?| some)?(?: good| interesting)?",
        r"(?:recommend|suggest|show|find|give|list|tell|get|point)(?: (?:me|us))?(?: to)?"
        r"(?: (?:some|a few|any|the|all|about))?",
        r"(?:i|we)(?:'m| am| are|'d| would| want| need)(?: \w+){0,2} "
        r"(?:read|learn|know|understand|interested|looking|look|study|find)"
        r"(?: (?:in|for|about|on|at|up|out))?(?: (?:about|on|how|some|something))?",
        r"(?:any|some|good|best|important|key|interesting|relevant|great|nice|a few|all)(?: \w+)? "
        r"(?:papers?|works?|articles?|reading|readings|research|literature|material|reads?)",
        r"(?:papers?|works?|articles?|reading list|readings?|research|literature|material"
        r"|publications?|studies|something|anything|stuff)"
        r" (?:on|about|for|regarding|concerning|around|related to|that|which|to read on|in|with)",
        r"(?:reading|papers?) to (?:understand|learn)(?: about)?",
        r"(?:on|about|regarding|concerning|for)",
    )
]
_ENDINGS = re.compile(
    r"(?:[\s,]+(?:please|thanks|thank you|papers?|articles?|publications|literature|reading list"
    r"|to read|should i read|for me|in the lists?))+[\s?.!]*$",
    re.IGNORECASE,
)

_PATH = re.compile(
    r"^(?:where|how|what)(?: \w+)? (?:do|should|can|could|would|to|does)?\s*"
    r"(?:(?:i|we|one|you|a newcomer|a beginner|someone new) )?(?:best )?"
    r"(?:start|begin|get started|get into)(?: (?:reading|learning))?"
    r"(?: (?:with|on|in|about|into|for))?\b"
    r"|^(?:i(?:'m| am)|we(?:'re| are)) (?:completely |totally |quite )?new to\b"
    r"|^(?:an? )?(?:introduction|intro|beginner'?s guide|reading path|path) (?:to|through|into)\b",
    re.IGNORECASE,
)
_PATH_TAIL = re.compile(
    r"[\s,.;:–—-]*\b(?:(?:what|which|where)\b.{0,30}\b(?:first|start|begin|read)\b.*|for beginners?)$",
    re.IGNORECASE,
)
_SIMILAR = re.compile(
    r"^(?:(?:find |show |give me )?(?:more |other |some )?(?:papers?|work|something|anything|works)?"
    r" ?(?:like|similar to|close to|related to))\s+(?=\S)",
    re.IGNORECASE,
)
_COMPARE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:what(?:'s| is) the )?differences? between (.+?) and (.+)$",
        r"^(?:how (?:does|do) )?(.+?) (?:compares?|compared|differs?|different) "
        r"(?:with|to|from|against) (.+)$",
        r"^compar(?:e|ison of|ing) (.+?) (?:and|with|to|against|vs\.?) (.+)$",
        r"^(.+?),? (?:vs\.?|versus) (.+)$",
        r"^(?:which is better,? |should i use )?((?:\S+ ){0,2}\S+?),? or ((?:\S+ ?){1,3})$",
    )
]


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that is a filter: its pattern, and what it does to the query."""

    pattern: re.Pattern[str]
    apply: Callable[[Query, re.Match[str]], Query]


def _filters(query: Query, **changes: object) -> Query:
    return replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


def _rule(pattern: str, apply: Callable[[Query, re.Match[str]], Query]) -> Rule:
    return Rule(re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), apply)


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _kind(kind: Kind) -> Callable[[Query, re.Match[str]], Query]:
    return lambda query, _: _filters(query, kind=kind)


_ONLY = r"(?:only |just )?"
_OF = r"(?: papers?)?(?: (?:on|about|of|for|regarding|in(?! \d))(?= |$))?"
_RULES = (
    # Only the number is taken: "three recent papers" has more to say.
    _rule(rf"(?:the )?(?:top|best|first) {_COUNT}(?= |$)(?: papers)?|"
          rf"{_COUNT}(?=(?: [\w-]+){{0,2}} (?:papers|articles|reads|surveys)(?: |$))",
          lambda q, m: replace(q, count=_number(m[1] or m[2]))),
    _rule(r'section:"([^"]*)"', lambda q, m: _filters(q, section=m[1])),
    _rule(rf"kind:({'|'.join(get_args(Kind))})", lambda q, m: _filters(q, kind=m[1])),
    _rule(
        rf"(?:published |written )?between {_YEAR} and {_YEAR}",
        lambda q, m: _filters(q, since=int(m[1]), until=int(m[2])),
    ),
    _rule(rf"{_YEAR}\s?(?:-|–|to)\s?{_YEAR}",
          lambda q, m: _filters(q, since=int(m[1]), until=int(m[2]))),
    _rule(rf"(?:published |written )?(?:since|from) {_YEAR}(?: on(?:wards?)?| and later)|"
          rf"(?:published |written )?since {_YEAR}|{_YEAR} (?:or|and) (?:later|newer|after)",
          lambda q, m: _filters(q, since=int(m[1] or m[2] or m[3]))),
    _rule(rf"(?:published |written )?(?:after|newer than|later than) {_YEAR}",
          lambda q, m: _filters(q, since=int(m[1]) + 1)),
    _rule(rf"(?:published |written )?(?:before|older than|earlier than|prior to|pre-?) ?{_YEAR}",
          lambda q, m: _filters(q, until=int(m[1]) - 1)),
    _rule(rf"(?:published |written )?(?:until|up to|no later than|through|till) {_YEAR}|"
          rf"{_YEAR} (?:or|and) (?:earlier|older|before)",
          lambda q, m: _filters(q, until=int(m[1] or m[2]))),
    _rule(rf"(?:published |written )?(?:in|from|of|during)(?: the year)? {_YEAR}",
          lambda q, m: _filters(q, since=int(m[1]), until=int(m[1]))),
    _rule(rf"^{_YEAR}(?= \w)|(?<= ){_YEAR}$|^{_YEAR}$",
          lambda q, m: _filters(q, since=int(m[0]), until=int(m[0]))),
    _rule(rf"{_ONLY}(?:with )?(?:at least|more than|over|min(?:imum)?) (\d+) citations?|"
          r"cited (?:at least|more than|over) (\d+)(?: times)?",
          lambda q, m: _filters(q, min_citations=int(m[1] or m[2]))),
    _rule(rf"{_ONLY}(?:surveys|reviews|survey (?:papers?|articles?)|review (?:papers?|articles?)"
          rf"|overviews|(?:an? )?(?:survey|review|overview)(?= (?:on|of|about)\b)){_OF}",
          _kind("survey")),
    _rule(rf"{_ONLY}(?:an? )?blog(?:s| ?posts?)?{_OF}", _kind("blog")),
    _rule(rf"{_ONLY}(?:starred|curators?' (?:picks?|stars)|with (?:a )?stars?){_OF}",
          lambda q, _: _filters(q, starred=True)),
    _rule(rf"{_ONLY}(?:the )?(?:highly|most|well|much)[- ]cited{_OF}|(?:the )?most influential{_OF}",
          lambda q, _: replace(q, cited=True)),
    _rule(rf"{_ONLY}(?:the )?(?:most )?(?:recent|latest|newest){_OF}|new (?:papers|work)"
          r"(?: (?:on|about|in))?", lambda q, _: replace(q, recent=True)),
    _rule(r"(?:and |but )?(?:not|nothing|excluding|except(?: for)?|but not|without anything)"
          r"(?: (?:about|on|related to|concerning))? ((?:[\w-]+ ?){1,4})$",
          lambda q, m: _filters(q, not_about=(*q.filters.not_about, m[1].strip()))),
)  # fmt: skip


def understand(
    asked: str,
    *,
    is_name: Callable[[str], bool] = lambda _: False,
    venues: Iterable[str] = (),
) -> Query:
    """Read a question. ``is_name`` tells titles and nicknames, which are taken as they stand.

    ``venues`` are the venues that the lists know ("from OSDI" is a filter, "from scratch" not).
    """
    text = " ".join(asked.split())
    query = Query(text=text, asked=asked)
    if is_name(text):
        return query
    text = text.strip(' ?!.,;:…"“”')
    query, text = _read_intent(query, text)
    query, text = _read_filters(query, text, venues)
    if query.intent == "topic":
        query, text = _read_intent(query, _strip(text))
    if query.intent != "similar":
        text = _strip(text)
    if query.intent == "topic":
        query = _read_sides(query, text)
    return replace(query, text=text)


def _read_intent(query: Query, text: str) -> tuple[Query, str]:
    if match := _PATH.match(text):
        rest = _PATH_TAIL.sub("", text[match.end() :]).strip()
        return replace(query, intent="path"), rest or text
    if match := _SIMILAR.match(text):
        return replace(query, intent="similar"), text[match.end() :]
    return query, text


def _read_filters(query: Query, text: str, venues: Iterable[str]) -> tuple[Query, str]:
    known = "|".join(sorted(map(re.escape, venues), key=len, reverse=True))
    rules: tuple[Rule, ...] = _RULES
    if known:
        from_venue = _rule(
            rf"(?:published |presented |anything |papers )?(?:from|at|in) ({known})",
            lambda q, m: _filters(q, venue=m[1]),
        )
        rules = (from_venue, *rules)
    for rule in rules:
        if match := rule.pattern.search(text):
            query = rule.apply(query, match)
            text = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
    return query, text.strip(" ,;")


def _strip(text: str) -> str:
    """Take the phrasing off both ends, unless nothing but phrasing would be left."""
    while True:
        shorter = _ENDINGS.sub("", text)
        for opening in _OPENINGS:
            if match := opening.match(shorter):
                shorter = shorter[match.end() :]
                break
        shorter = shorter.strip(" ?!.,;:")
        if shorter == text or not shorter:
            return text
        text = shorter


def _read_sides(query: Query, text: str) -> Query:
    for pattern in _COMPARE:
        if match := pattern.match(text):
            sides = tuple(side.strip(" ?,.") for side in match.groups())
            return replace(query, intent="compare", sides=sides)
    return query


_FOLLOW_UPS: tuple[tuple[re.Pattern[str], Callable[[Query], Query]], ...] = (
    (re.compile(r"^(?:show |only |just |the )*(newer|more recent|newest|latest|recent)"
                r"(?: (?:ones|papers|work))?$", re.IGNORECASE),
     lambda q: replace(q, recent=True)),
    (re.compile(r"^(?:show |only |just |the )*(?:more|most|highly) cited(?: (?:ones|papers))?$",
                re.IGNORECASE),
     lambda q: replace(q, cited=True)),
    (re.compile(r"^(?:all|everything|any year|no filters?|without filters?|reset)$", re.IGNORECASE),
     lambda q: replace(q, filters=Filters(), recent=False, cited=False)),
)  # fmt: skip
_FOLLOW_WORDS = re.compile(
    r"^(?:(?:and|but|ok|now|please|only|just|the|ones?|those|papers?|show|me|more|them|of|that|are"
    r"|what|about|from|same|again|with|which|these)\s*)*$",
    re.IGNORECASE,
)


def refine(previous: Query, text: str, *, venues: Iterable[str] = ()) -> Query | None:
    """Join a follow-up ("only surveys", "newer", "since 2024") to the question before it.

    Gives ``None`` when ``text`` is a question of its own. Pure: the doors keep the previous.
    """
    clean = " ".join(text.split()).strip(" ?!.,;:")
    for pattern, change in _FOLLOW_UPS:
        if pattern.match(clean):
            return replace(change(previous), asked=text)
    read, rest = _read_filters(Query("", text), clean, venues)
    if read == Query("", text) or not _FOLLOW_WORDS.match(rest):
        return None
    return replace(
        previous,
        asked=text,
        filters=join_filters(previous.filters, read.filters),
        recent=previous.recent or read.recent,
        cited=previous.cited or read.cited,
        count=read.count or previous.count,
    )


def join_filters(first: Filters, second: Filters) -> Filters:
    """Let what ``second`` asks for take the place of what ``first`` did."""
    asked = {
        name: value
        for name in Filters.__slots__
        if (value := getattr(second, name)) not in (None, False, ())
    }
    if second.not_about:
        asked["not_about"] = (*first.not_about, *second.not_about)
    return replace(first, **asked)


def query_text(query: Query) -> str:
    """Write a query as one line that ``understand`` reads back as the same query."""
    filters = query.filters
    words = {"path": "where do I start with ", "similar": "papers like "}.get(query.intent, "")
    parts = [words + query.text]
    if filters.kind:
        parts.append(f"kind:{filters.kind}")
    if filters.section:
        parts.append(f'section:"{filters.section}"')
    if filters.starred:
        parts.append("starred")
    if filters.min_citations is not None:
        parts.append(f"with at least {filters.min_citations} citations")
    if query.cited:
        parts.append("highly cited")
    if query.recent:
        parts.append("recent")
    if filters.venue:
        parts.append(f"from {filters.venue}")
    if filters.since and filters.until:
        parts.append(f"between {filters.since} and {filters.until}")
    elif filters.since:
        parts.append(f"since {filters.since}")
    elif filters.until:
        parts.append(f"until {filters.until}")
    if query.count:
        parts.append(f"top {query.count}")
    parts += [f"not about {topic}" for topic in filters.not_about]
    return " ".join(parts)
