"""The words of a question that are filters or wishes: read, and taken out of the topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import get_args

from paperbot.paper import Kind
from paperbot.search.answer import Filters, Query
from paperbot.search.phrasing import GAP

Match = re.Match[str]
Apply = Callable[[Query, Match, int], Query]

_SMALL = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "a couple of": 2, "couple of": 2,
    "half a dozen": 6, "a dozen": 12, "a single": 1,
}  # fmt: skip
_LARGE = _SMALL | {
    "twenty": 20, "thirty": 30, "fifty": 50, "a hundred": 100, "one hundred": 100, "hundred": 100,
    "two hundred": 200, "five hundred": 500, "a thousand": 1000, "one thousand": 1000,
    "thousand": 1000, "ten thousand": 10_000,
}  # fmt: skip
_DECADES = {"fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_Y = r"((?:19|20)\d\d)"
_COUNT = rf"(\d{{1,2}}|{_any_of(_SMALL)})"
_CITES = rf"(\d[\d,.]*k?|{_any_of(_LARGE)})"
_DATED = (
    r"(?:(?:which|that) )?(?:(?:are|were|was|is|has been|have been) )?"
    r"(?:(?:published|written|released|from|done|dated|appeared|came out|only) )?"
)
_PAPERS = (
    r"(?:papers?|articles?|reads|readings?|references|results|hits|works?|ones|of (?:them|these)"
    r"|recommendations|suggestions|surveys?|reviews?|blog ?posts?|titles|publications)"
)
_SURVEY = (
    r"(?:(?:literature )?(?:surveys?|reviews?|overviews?)(?: (?:papers?|articles?))?)"
)
_BLOG = r"blogs?(?: ?(?:posts?|articles?|entries|entry))?"
_CITED = r"(?:citations?|cites?|times cited|times)"
_ON = r"(?: (?:on|about|of|for|regarding|to))"


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase that is a filter: its pattern, and what it does to the query."""

    pattern: re.Pattern[str]
    apply: Apply


def _rule(pattern: str, apply: Apply) -> Rule:
    starts_a_word = "" if pattern.startswith("(?:,|") else r"(?<![\w-])"
    return Rule(re.compile(rf"{starts_a_word}(?:{pattern})(?![\w-])", re.IGNORECASE), apply)


def _set(query: Query, **changes: object) -> Query:
    return replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


def _number(text: str) -> int:
    text = text.casefold()
    if text in _LARGE:
        return _LARGE[text]
    thousands = text.endswith("k")
    value = float(text.rstrip("k").replace(",", "").rstrip("."))
    return int(value * 1000 if thousands else value)


def _first(match: Match) -> str:
    return next(group for group in match.groups() if group)


def _since(query: Query, match: Match, _: int) -> Query:
    return _set(query, since=int(_first(match)))


def _until(query: Query, match: Match, _: int) -> Query:
    return _set(query, until=int(_first(match)))


def _span(query: Query, match: Match, _: int) -> Query:
    first, last = sorted((int(match[1]), int(match[2])))
    return _set(query, since=first, until=last)


def _year(query: Query, match: Match, _: int) -> Query:
    year = int(_first(match))
    return _set(query, since=year, until=year)


def _decade(query: Query, match: Match, _: int) -> Query:
    word = match[1].casefold()
    first = 1900 + _DECADES[word] if word in _DECADES else int(word.rstrip("s"))
    return _set(query, since=first, until=first + 9)


def _last_years(query: Query, match: Match, this_year: int) -> Query:
    return _set(query, since=this_year - _number(_first(match)))


def _left_out(query: Query, match: Match, _: int) -> Query:
    topics = re.split(r",? (?:and|or|nor)(?: not)?(?: about| on)? ", match[1].strip(" ,."))
    return _set(query, not_about=(*query.filters.not_about, *(t for t in topics if t)))


def _not_kind(*kinds: Kind) -> Apply:
    return lambda q, m, y: _set(q, not_kinds=tuple({**dict.fromkeys(q.filters.not_kinds), **dict.fromkeys(kinds)}))


def _kind(kind: Kind) -> Apply:
    return lambda q, m, y: _set(q, kind=kind)


_NOT_ANY = r"(?:,? ?(?:but |and )?(?:please )?(?:not|no|without|excluding|except(?: for)?|leave out|skip|minus|nor)(?: any)?(?: the)? )"

# Tried in this order, each as often as it fits; what it matched is taken out.
_RULES = (
    _rule(r'section:"([^"]*)"', lambda q, m, y: _set(q, section=m[1])),
    _rule(rf"kind:({'|'.join(get_args(Kind))})", lambda q, m, y: _set(q, kind=m[1])),
    _rule(rf"not-kind:({'|'.join(get_args(Kind))})",
          lambda q, m, y: _not_kind(m[1])(q, m, y)),  # type: ignore[arg-type]
    # Citations, before a bare number can be a year.
    _rule(rf"(?:(?:only )?(?:with|having|that have|which have) )?(?:(?:at least|more than|over|above|min(?:imum)?(?: of)?"
          rf"|upwards of) |>=? ?){_CITES} {_CITED}|(?:with )?{_CITES}(?:\+| or more| plus) {_CITED}"
          rf"|{_CITES} {_CITED} (?:or|and) (?:more|up)|(?:with )?citations? ?(?:count )?(?:>=?|above|over) ?{_CITES}"
          rf"|cited {_CITES} times or more|(?:at least|more than|over) {_CITES} times cited|cited by {_CITES}(?:\+| or more)"
          rf"|(?:that (?:are|were) )?cited (?:at least |more than |over |>=? ?){_CITES}(?: times)?",
          lambda q, m, y: _set(q, min_citations=_number(_first(m)))),
    # Years.
    _rule(rf"{_DATED}(?:between|from|in) {_Y} (?:and|to|until|till|through) {_Y}", _span),
    _rule(rf"(?:in |from )?{_Y} ?(?:-|–|—|to|until|till) ?{_Y}", _span),
    _rule(rf"(?:from |since )?{_Y} ?(?:-|–|to|until|till) ?(?:today|now|present|date)", _since),
    _rule(rf"(?:not|nothing|none|no) (?:before|older than|earlier than|prior to) {_Y}|"
          rf"no older than {_Y}|(?:in|from) or after {_Y}|younger than {_Y}|≥ ?{_Y}|min(?:imum|\.)? {_Y}|{_DATED}(?:since|starting(?: in| from| with)?|as (?:of|from)) (?:the year )?{_Y}"
          rf"(?: on(?:wards?)?)?|{_DATED}(?:(?:from|in) )?{_Y} (?:on(?:wards?)?|upwards?|(?:and|or) (?:later|newer|after|up|onwards?))|"
          rf">= ?{_Y}|{_DATED}(?:in )?{_Y} ?\+", _since),
    _rule(rf"{_DATED}(?:after|newer than|later than|more recent than|post-?) ?{_Y}|> ?{_Y}",
          lambda q, m, y: _set(q, since=int(_first(m)) + 1)),
    _rule(rf"(?:not|nothing|none|no) (?:after|newer than|later than) {_Y}|"
          rf"{_DATED}(?:until|up to|till|through|by)(?: and including)?(?: the year)? {_Y}(?: included| inclusive)?|<= ?{_Y}|≤ ?{_Y}|(?:in|from) or before {_Y}|at the latest {_Y}|(?:from )?{_Y} at the latest|max(?:imum|\.)? {_Y}|"
          rf"{_DATED}{_Y} (?:and|or) (?:earlier|older|before)", _until),
    _rule(rf"{_DATED}(?:from )?(?:before|older than|earlier than|prior to|pre-?) ?(?:the year )?{_Y}|< ?{_Y}",
          lambda q, m, y: _set(q, until=int(_first(m)) - 1)),
    _rule(rf"(?:(?:in|from|of|over|during|within) )?(?:the )?(?:last|past|previous) {_CITES} years?|"
          rf"since {_CITES} years|not older than {_CITES} years", _last_years),
    _rule(r"(?:(?:in|from|of|over|during|within) )?(?:the )?(?:last|past|recent) (?:few )?years",
          lambda q, m, y: replace(q, recent=True)),
    _rule(r"last year's", lambda q, m, y: _set(q, since=y - 1, until=y - 1)),
    _rule(r"(?:(?:in|from|over|during|within) )?the (?:last|past) year",
          lambda q, m, y: _set(q, since=y - 1)),
    _rule(r"(?:(?:in|from|over|during) )?the (?:last|past) decade",
          lambda q, m, y: _set(q, since=y - 10)),
    _rule(r"(?:(?:from|of|in) )?this year(?:'s)?", lambda q, m, y: _set(q, since=y, until=y)),
    _rule(rf"(?:(?:in|from|of|during) )?(?:the )?({_any_of(_DECADES)}|(?:19|20)\d0s)", _decade),
    _rule(rf"{_DATED}(?:only )?(?:in|from|of|during|for)(?: the year)? {_Y}(?: only)?|only {_Y}|{_Y} only", _year),
    _rule(rf"(?<![.$€]){_Y}(?![.:]\d)", _year),
    # How many.
    _rule(rf"(?:the )?(?:top|best|first) {_COUNT}(?= *$| *[:,;]|{_ON}\b| {_PAPERS}\b| (?:most|recent|starred|cited))",
          lambda q, m, y: replace(q, count=_number(m[1]))),
    _rule(rf"(?:the )?single best(?= {_PAPERS}\b)", lambda q, m, y: replace(q, count=1)),
    _rule(rf"{_COUNT} (?:max(?:imum)?|at most|tops)\b", lambda q, m, y: replace(q, count=_number(m[1]))),
    _rule(rf"(?:name|list|pick|suggest|recommend|need|want|tell me|send me) {_COUNT}(?={_ON}\b|$| {_PAPERS}\b)", lambda q, m, y: replace(q, count=_number(m[1]))),
    _rule(rf"(?:max(?:imum|\.)?|up to|at most|no more than|not more than|limit(?: to)?|exactly|just|only) {_COUNT}(?= *$| *[:,;]| {_PAPERS}\b|{_ON}\b|(?: [\w-]+){{1,3}} {_PAPERS}\b)",
          lambda q, m, y: replace(q, count=_number(m[1]))),
    _rule(rf"(?:a couple of|half a dozen|a dozen|{_COUNT})(?=(?: (?!on |about |for |of )[\w-]+){{0,3}}? {_PAPERS}\b)",
          lambda q, m, y: replace(q, count=_number(m[0]))),
    _rule(rf"(?<=show ){_COUNT}(?={_ON}\b|$)|(?<=show me ){_COUNT}(?={_ON}\b|$)|(?<=give me ){_COUNT}(?={_ON}\b|$)",
          lambda q, m, y: replace(q, count=_number(m[0]))),
    # Kinds. "a survey of surveys" and "survey propagation" are topics.
    _rule(rf"{_NOT_ANY}(?:{_SURVEY} (?:and|or|nor) {_BLOG}|{_BLOG} (?:and|or|nor) {_SURVEY})",
          _not_kind("survey", "blog")),
    _rule(rf"{_NOT_ANY}{_SURVEY}", _not_kind("survey")),
    _rule(rf"{_NOT_ANY}{_BLOG}", _not_kind("blog")),
    _rule(rf"(?:only |just )?(?:surveys|reviews|overviews|(?:survey|review|overview) (?:papers?|articles?)|literature (?:reviews?|overviews?|surveys?))(?: only)?{_ON}?|"
          rf"(?:an? |the |any |good |recent |new )*(?:survey|review|overview){_ON}(?! (?:surveys|reviews))|(?:is there|have|got|find|want|need|looking for|recommend|suggest) (?:me )?(?:an? |any |some )(?:good )?(?:survey|review|overview)|"
          r"(?:^|(?<=[:,] ))(?:an? )?(?:survey|overview)(?= ?[:,]| *$)|(?<=[:,] )(?:survey|overview)", _kind("survey")),
    _rule(rf"(?:^|(?<=a )|(?<=any )|(?<=some )|(?<=me )|(?<=all )|(?<=only )|(?<=one )|(?<=single )){_BLOG}(?:{_ON}|(?= (?:that|which))|(?= ?[:,])|$)|"
          rf"(?<!write )(?<!writes )(?<!writing )(?<!generate )(?<!generating )(?:only |just )?(?:blogs|blog ?posts){_ON}?(?: only)?(?= *$| *,)|{_BLOG}{_ON}", _kind("blog")),
    # Stars.
    _rule(rf"(?:only |just )?(?:the )?starred(?: ones)?(?: only)?{_ON}?|"
          r"(?:(?:that|which) (?:are|were) )?(?:marked )?with (?:a )?stars?|(?:only |just )stars|stars only|having a star|"
          r"(?:only )?(?:the )?(?:ones?|those) (?:that |which )?(?:(?:our|the) )?curators? (?:have )?(?:starred|marked|recommend(?:ed)?)|"
          r"(?:(?:that|which) )?(?:have|has|got|carry) (?:a |the )?stars?|star[- ]marked|thumbs[- ]up|(?:the )?(?:ones )?(?:starred|marked|recommended) by (?:the |our )?curators?|"
          r"(?:the )?curators?'?s?'? (?:picks?|favou?rites?|stars?|choices?)",
          lambda q, m, y: _set(q, starred=True)),
    # Wishes.
    _rule(rf"(?:only )?(?:the )?(?:highly|most|well|much|widely|often|frequently)[- ]cited{_ON}?|"
          rf"(?:with )?(?:the )?(?<!how )(?:many|most|lots of|a lot of|highest number of) citations(?: first)?|(?:sorted |ordered |ranked )?by (?:number of )?citations?(?: count)?|citation classics?|(?:is |are )?cited (?:the )?most(?: often)?|(?:the )?(?:most )?(?:influential|seminal|landmark|classic|classical|famous|well[- ]known|popular)(?= {_PAPERS}|{_ON}\b|[^,]{{0,60}} {_PAPERS}\b){_ON}?|(?:the )?classics{_ON}?",
          lambda q, m, y: replace(q, cited=True)),
    _rule(rf"(?:the )?(?:most recent|latest|newest|recent|freshest)(?: (?:work|papers?|research|stuff|developments?|advances|progress))?{_ON}?|"
          rf"(?:the )?(?:current|actual) state(?: of the art)?{_ON}?|state[- ]of[- ]the[- ]art lately|lately|recently|"
          rf"what(?:'s| is) (?:new|hot){_ON}?(?: in)?|(?:something|anything|stuff) (?:new|fresh)|(?:fresh|new|brand new|up[- ]to[- ]date)(?= {_PAPERS}\b)|(?:ideally|preferably) (?:recent|new)|(?:sorted |ordered )?by (?:date|recency)|newest first|cutting[- ]edge|hot off the press|these days|nowadays|new(?= {GAP}| (?!in |to )(?:[\w-]+ ){{0,2}}(?:papers|work|results|articles|research|stuff)\b)",
          lambda q, m, y: replace(q, recent=True)),
    # Left out. "not all tokens" and "attention is not all you need" are topics.
    _rule(r",? ?(?:but |and )?(?:please )?(?:not (?:about|on|related to|concerning)|(?<!know )nothing (?:about|on|with|related to)"
          r"|not involving|anything but|excluding|except(?: for)?|other than|apart from|aside from|leaving out|besides|minus|without anything (?:on|about))"
          r" ((?:(?!(?:since|before|after|from|with|in) )[\w./+-]+,? ?){1,8}?)(?=$| (?:since|before|after|from|with|but|please)\b|[;:])", _left_out),
    _rule(r"(?:,|\b(?:but|and)) ?(?:(?:but|and) )?(?:please )?(?:not|no|without|leave out|ignor(?:e|ing)|skip(?:ping)?) ((?!(?:all|only|just|older|newer|later|more|less|necessarily|matter|limit|filter) ?)(?:[\w./+-]+ ?){1,6}?)(?=$|[,;:]| since\b| but\b| please\b)", _left_out),
)  # fmt: skip

# Venues that are asked for by name though no list may hold a paper of theirs.
_VENUES = (
    "AAAI ACL ASPLOS ATC COLM CVPR ECCV EMNLP EuroSys FAST HPCA ICCV ICLR ICML IJCAI INFOCOM ISCA JMLR KDD "
    "MICRO MLSys NAACL NeurIPS NSDI OSDI PLDI PPoPP SIGCOMM SIGMOD SoCC SOSP TMLR USENIX VLDB"
).split()
_OTHER_NAMES = {"nips": "NeurIPS", "neurips": "NeurIPS"}

# Venues that are words too: believed behind a preposition alone.
_PLAIN_WORDS = frozenset({"fast", "micro", "atc", "nature", "science", "cell", "distill", "patterns"})


def _edition(usual: dict[str, str]) -> Apply:
    def apply(query: Query, match: Match, this_year: int) -> Query:
        year = 2000 + int(match[2])
        if year > this_year + 1:
            return query
        return _set(query, venue=usual[match[1].casefold()], since=year, until=year)

    return apply


@lru_cache(maxsize=8)
def _venue_rules(venues: frozenset[str]) -> tuple[Rule, ...]:
    usual = {name.casefold(): name for name in (*_VENUES, *venues)} | _OTHER_NAMES
    every = _any_of(usual)
    bare = _any_of(name for name in usual if name not in _PLAIN_WORDS and " " not in name)

    def apply(query: Query, match: Match, _: int) -> Query:
        said = re.findall(every, _first(match), re.IGNORECASE)
        names = dict.fromkeys(usual[name.casefold()] for name in said)
        return _set(query, venue=" or ".join(names))

    several = rf"(?:{every})(?:(?:,| or| and|/) ?(?:the )?(?:{every})(?![\w-]))*"
    return (
        _rule(rf"what (?:did|does|do) ({several}) (?:have|publish|bring)(?: on| about)?", apply),
        _rule(
            r"(?:(?:which|that) (?:were |was |are )?)?(?:published |presented |appeared |anything |papers? |accepted )?"
            rf"(?:from|at|in|by) (?:the )?({several})(?: conference| proceedings| papers?)?",
            apply,
        ),
        # "ICLR'23", "osdi24"
        _rule(rf"(?:(?:from|at|in|by) )?(?:the )?({bare}) ?'?(\d\d)(?= |$)", _edition(usual)),
        # "OSDI papers on serving", "acl 2023 prompt compression", "HPCA accelerators"
        _rule(rf"(?:only )?({bare}(?:(?:,| or| and|/) ?(?:{bare}))*)(?= (?:papers?|work|works|articles?|{_Y})\b| only$)(?: only)?|"
              rf"^({bare})(?=:? [a-z])", apply),
    )  # fmt: skip


def read_filters(
    query: Query, text: str, *, venues: Iterable[str], this_year: int
) -> tuple[Query, str]:
    """Read the filters and wishes of a text; gives the query with them and the text without.

    ``GAP`` stands in the text wherever something was taken out.
    """
    for rule in (*_venue_rules(frozenset(venues)), *_RULES):
        for _ in range(4):
            match = rule.pattern.search(text)
            if match is None:
                break
            rest = " ".join(f"{text[: match.start()]} {GAP} {text[match.end() :]}".split())
            changed = rule.apply(query, match, this_year)
            if changed == query and rest == text:
                break
            query, text = changed, rest
    return query, text.strip(" ,;")


def join_filters(first: Filters, second: Filters) -> Filters:
    """Let what ``second`` asks for take the place of what ``first`` did.

    Years are one thing: a new bound replaces both old ones. What is left out adds up.
    """
    asked = {
        name: value
        for name in Filters.__slots__
        if (value := getattr(second, name)) not in (None, False, ())
    }
    if "since" in asked or "until" in asked:
        asked |= {"since": second.since, "until": second.until}
    if second.kind and second.kind in first.not_kinds:
        asked["not_kinds"] = tuple(k for k in first.not_kinds if k != second.kind)
    if second.not_kinds:
        asked["not_kinds"] = tuple(dict.fromkeys((*first.not_kinds, *second.not_kinds)))
        if first.kind in second.not_kinds:
            asked["kind"] = None
    if second.not_about:
        asked["not_about"] = tuple(dict.fromkeys((*first.not_about, *second.not_about)))
    return replace(first, **asked)
