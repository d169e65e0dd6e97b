"""The words of a question that are filters or wishes: read, and taken out of the topic."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import cast, get_args

from paperbot.paper import Kind
from paperbot.search.answer import Filters, Query
from paperbot.search.phrasing import GAP
from paperbot.search.rules import (
    COUNT,
    LACKED,
    NUMBER,
    ON,
    PAPERS,
    SMALL,
    Apply,
    Group,
    Match,
    any_of,
    change,
    number,
    rule,
    said,
)
from paperbot.search.venue_words import USUAL, venue_rules
from paperbot.search.year_words import YEARS

_CITED = r"(?:citations?|cites?|times cited|times)"
_LEAST = (
    r"(?:(?:at least|(?:no|not) less than|no fewer than|more than|over|above|min(?:imum)?(?: of)?"
    r"|upwards of) |>=? ?)"
)
_WITH = r"(?:(?:only )?(?:with|having|(?:that|which) (?:have|has)) )?"
_SURVEYS = r"(?:(?:literature )?(?:surveys?|reviews?|overviews?)(?: (?:papers?|articles?))?)"
_BLOGS = r"blogs?(?: ?(?:posts?|articles?|entries|entry))?"
_NO = (
    r"(?:,? ?(?:but |and )?(?:please )?(?:not|no|without|excluding|except(?: for)?|leave out|skip"
    r"|minus|nor)(?: any)?(?: the)? )"
)
_ALSO_WELCOME = r"(?! (?:allowed|welcome|too|ok|fine))"


def _count(query: Query, match: Match, _: int) -> Query:
    return replace(query, count=number(said(match)))


def _citations(query: Query, match: Match, _: int) -> Query:
    return change(query, min_citations=number(said(match)))


def _kind(kind: Kind) -> Apply:
    return lambda q, m, y: change(q, kind=kind)


def _not_kinds(*kinds: Kind) -> Apply:
    return lambda q, m, y: change(q, not_kinds=tuple(dict.fromkeys((*q.filters.not_kinds, *kinds))))


def _left_out(query: Query, match: Match, _: int) -> Query:
    topics = re.split(r",? (?:and|or|nor)(?: not)?(?: about| on)? ", said(match).strip(" ,."))
    return change(query, not_about=(*query.filters.not_about, *filter(None, topics)))


# As `query_text` writes them.
_WRITTEN = (
    rule(lambda q, m, y: change(q, section=m[1]), r'section:"([^"]*)"', inside=True),
    rule(lambda q, m, y: change(q, kind=m[1]), rf"kind:({'|'.join(get_args(Kind))})"),
    rule(lambda q, m, y: _not_kinds(cast(Kind, m[1]))(q, m, y),
         rf"not-kind:({'|'.join(get_args(Kind))})"),
)  # fmt: skip
_CITATIONS = (
    rule(_citations,
         rf"{_WITH}{_LEAST}{NUMBER} {_CITED}",
         rf"{_WITH}{NUMBER}(?:\+| or more| plus) {_CITED}",
         rf"{_WITH}{NUMBER} {_CITED} (?:or|and) (?:more|up)",
         rf"{_WITH}citations? ?(?:count )?(?:>=?|above|over) ?{NUMBER}",
         rf"(?:that (?:are|were) )?cited {_LEAST}?{NUMBER}(?: times(?: or more)?)?",
         rf"cited by {NUMBER}(?:\+| or more)"),
    rule(lambda q, m, y: change(q, max_citations=number(said(m))),
         rf"{_WITH}(?:at most|no more than|not more than|up to|max(?:imum)?(?: of)?) {NUMBER} {_CITED}",
         rf"cited (?:at most|no more than) {NUMBER} times"),
    rule(lambda q, m, y: change(q, max_citations=max(number(said(m)) - 1, 0)),
         rf"{_WITH}(?:(?:fewer|less) than|under|below|<) ?{NUMBER} {_CITED}",
         rf"cited (?:fewer|less) than {NUMBER} times"),
    rule(lambda q, m, y: change(q, max_citations=0),
         rf"{_WITH}(?:zero|0|no|without(?: any)?) (?:citations?|cites)(?: (?:yet|so far))?",
         r"(?:that (?:are|were) )?(?:uncited|never cited|not cited)(?: yet)?"),
)  # fmt: skip
_NEXT = rf"(?= (?:{any_of(USUAL)})\b| {GAP}| *$| *[:,;]| please\b|{ON}\b| {PAPERS}\b"
_COUNTS = (
    rule(_count, rf"(?:the )?(?:top|best|first) {COUNT}{_NEXT}| (?:most|recent|starred|cited)\b)"),
    rule(lambda q, m, y: replace(q, count=1), rf"(?:the )?single best(?= {PAPERS}\b)"),
    rule(_count, rf"{COUNT} (?:max(?:imum)?|at most|tops)"),
    rule(lambda q, m, y: replace(q, count=number(m[1]), recent=True),
         rf"(?:the )?(?:latest|newest|most recent) {COUNT}(?=$| {PAPERS}\b|{ON}\b)"),
    rule(_count,
         r"(?:name|list|pick|suggest|recommend|need|want|show|give|send|tell)(?: me| us)? "
         rf"{COUNT}(?={ON}\b(?! (?:them|these)\b)|$| {PAPERS}\b| that\b)",
         rf"(?:name|pick|show|give|send|tell)(?: me| us)? {COUNT} of (?:them|these)"),
    rule(_count,
         r"(?:max(?:imum|\.)?|up to|at most|no more than|not more than|limit(?: to)?|exactly|just"
         rf"|only) {COUNT}(?! of (?:them|these)\b(?! *$| please)){_NEXT}|(?: [\w-]+){{1,3}} {PAPERS}\b)"),
    # "two recent papers", but "the Llama 2 paper"
    rule(_count,
         rf"{COUNT}(?=(?: (?!on |about |for |of )[\w-]+){{0,3}}? (?!(?:paper|article)\b){PAPERS}\b)",
         r"(one|1|a single)(?= (?:paper|article)\b)"),
)  # fmt: skip
# "a survey of surveys", "survey propagation" and "llms that write blog posts" are topics.
_KINDS = (
    rule(_not_kinds("survey", "blog"), rf"{_NO}{_SURVEYS} (?:and|or|nor) {_BLOGS}",
         rf"{_NO}{_BLOGS} (?:and|or|nor) {_SURVEYS}"),
    rule(_not_kinds("survey"), rf"{_NO}{_SURVEYS}"),
    rule(_not_kinds("blog"), rf"{_NO}{_BLOGS}"),
    rule(_kind("survey"),
         r"(?:only |just )?(?<!survey of )(?<!review of )(?<!paper )(?<!peer )(?<!code )"
         r"(?<!product )(?<!in the )(?:surveys|reviews|overviews"
         r"|(?:survey|review|overview) (?:papers?|articles?)"
         r"|(?<!automatic )literature (?:reviews?|overviews?|surveys?))"
         rf"(?: only)?{_ALSO_WELCOME}{ON}?",
         # "in the overview of serving, which …" speaks of a text that is known
         r"(?<!in )(?:an? |the |any |good |recent |new )*(?<!in the )(?:survey|review|overview)"
         rf"{ON}(?! (?:surveys|reviews))",
         r"(?:is there|have|got|find|want|need|looking for|recommend|suggest) (?:me )?"
         r"(?:an? |any |some )(?:good )?(?:survey|review|overview)"
         rf"(?: (?:or|and) (?:survey|review|overview))?{ON}?",
         r"(?:^|(?<=[:,] ))(?:an? )?(?:survey|overview)(?= ?[:,]| *$)",
         rf"(?:(?<=cited )|(?<={GAP} ))survey(?= *$)",
         r"(?<=[:,] )(?:survey|overview)",
         rf"survey(?= {GAP}{ON})"),
    rule(_kind("blog"),
         r"(?:^|(?<=a )|(?<=any )|(?<=some )|(?<=me )|(?<=all )|(?<=only )|(?<=one )|(?<=single )"
         rf"|(?<=prefer )){_BLOGS}(?:{ON}|(?= (?:that|which|explaining))|(?= ?[:,])|$)",
         r"(?<!write )(?<!writes )(?<!writing )(?<!generate )(?<!generating )(?:only |just )?"
         rf"(?:blogs|blog ?posts){ON}?(?: only)?(?= *$| *,)",
         rf"{_BLOGS}{ON}"),
)  # fmt: skip
_STARS = (
    rule(lambda q, m, y: change(q, starred=True),
         rf"(?:only |just )?(?:the )?starred(?: ones)?(?: only)?{ON}?",
         r"(?:(?:that|which) (?:are|were) )?(?:marked )?with (?:a )?stars?",
         r"(?:only |just )stars|stars only|having a star|star[- ]marked|thumbs[- ]up",
         r"(?:(?:that|which) )?(?:have|has|got|carry|(?:the )?(?:lab|curators?) gave) (?:a |the )?stars?",
         r"(?:only )?(?:the )?(?:ones?|those) (?:that |which )?(?:(?:our|the) )?curators? (?:have )?"
         r"(?:starred|marked|recommend(?:ed)?)",
         r"(?:the )?(?:ones )?(?:starred|marked|recommended) by (?:the |our )?curators?",
         r"(?:what|which)(?: papers| ones)? (?:did|have|do) (?:we|you|they|the curators?) "
         r"(?:star|starred)(?: on| about)?",
         r"(?:the )?curators?'?s?'? (?:picks?|favou?rites?|stars?|choices?)"),
)  # fmt: skip
# "keeping only the most recent tokens" is a topic.
_TOKENS = r"(?! (?:tokens|words|messages|context)\b)"
_WISHES = (
    rule(lambda q, m, y: replace(q, cited=True),
         r"(?:only )?(?:the )?(?:highly|highest|most|best|top|well|much|widely|often|frequently"
         rf"|heavily)[- ]cited{ON}?",
         r"(?:with )?(?:the )?(?<!how )(?:many|most|lots of|a lot of|highest number of) citations"
         r"(?: first)?",
         r"(?:sorted |ordered |ranked )?by (?:number of )?citations?(?: count)?",
         r"citation classics?|(?:is |are )?cited (?:the )?most(?: often)?",
         r"(?:the )?(?:standard references|biggest impact|most impact)(?: on)?",
         r"(?:the )?(?:most )?(?:influential|seminal|landmark|classic|classical|famous|well[- ]known"
         rf"|popular|pioneering|ground-?breaking)(?= {PAPERS}|{ON}\b|[^,]{{0,60}} {PAPERS}\b){ON}?|(?:the )?classics{ON}?"),
    rule(lambda q, m, y: replace(q, recent=True),
         rf"(?:the )?(?<!most )(?:latest|newest|recent|freshest|most recent){_TOKENS}"
         rf"(?: (?:work|papers?|research|stuff|developments?|advances|progress))?{ON}?",
         rf"(?:the )?(?:current|actual) state(?: of the art)?{ON}?",
         r"state[- ]of[- ]the[- ]art lately|lately|recently|these days|nowadays",
         rf"what(?:'s| is) (?:new|hot){ON}?(?: in)?|(?:something|anything|stuff) (?:new|fresh)",
         rf"(?:fresh|new|brand new|up[- ]to[- ]date|current)(?= {PAPERS}\b| {GAP})",
         r"right now(?= *$)",
         rf"new(?= {GAP}| (?!in |to )(?:[\w-]+ ){{0,2}}(?:papers|work|results|articles|research"
         r"|stuff)\b)",
         r"(?:ideally|preferably) (?:recent|new)|(?:sorted |ordered )?by (?:date|recency)",
         r"newest first|cutting[- ]edge|hot off the press",
         r"(?:(?:in|from|of|over|during|within) )?(?:the )?(?:last|past|recent) (?:few )?years"),
)  # fmt: skip
# "not all tokens are equal" and "attention is not all you need" are topics.
# "pruning without retraining" too: what a method does without belongs to the method.
_PROPERTIES = (
    r"(?:re-?train|fine-?tun|normali|calibrat|multiplication|softmax|label|supervis|backprop|gradient"
    r"|human|quality|accuracy|loss|any|an? |the |extra|additional|access|chang|forget|los(?:s|ing)"
    r"|hurt|sacrific|degrad|using|need|having|slow|touch|modif)"
)
_OUT = (
    rule(_left_out,
         r",? ?(?:but |and )?(?:please )?(?:(?:(?:that|which) )?(?:aren't|isn't|are not|is not) about"
         r"|not (?:about|on|related to|concerning|involving)"
         r"|(?<!know )nothing (?:about|on|with|related to)|anything but|excluding|except(?: for)?"
         r"|other than|apart from|aside from|leaving out|besides|minus"
         r"|without anything (?:on|about)) "
         r"((?:(?!(?:since|before|after|from|with|in) )[\w./+-]+,? ?){1,8}?)"
         rf"(?=$| (?:since|before|after|from|with|but|please|{GAP})\b| {GAP}|[;:])"),
    rule(_left_out, rf"without ((?!{_PROPERTIES}|{LACKED})(?:[\w./+-]+ ?){{1,4}}?)(?=$|[,;:]| please\b| {GAP})"),
    rule(_left_out,
         r"^(?:please )?(?:leave out|ignore|skip) ((?:[\w./+-]+ ?){1,5}?)(?=[,;:.])"),
    rule(_left_out,
         r"(?:,|(?<![\w-])(?:but|and)) ?(?:(?:but|and) )?(?:please )?"
         rf"(?!(?:no|without) {LACKED})(?:not|no|without|leave out"
         r"|ignor(?:e|ing)|skip(?:ping)?"
         r"|(?:i|we) (?:don'?t|do not) (?:want|need|care about|mean)(?: any)?) "
         r"((?!(?:all|only|just|older|newer|later|more|less|necessarily|matter|limit|filter) ?)"
         rf"(?:[\w./+-]+ ?){{1,6}}?)(?=$|[,;:]| since\b| but\b| please\b| {GAP})",
         inside=True),
)  # fmt: skip
_DIGITS = tuple("0123456789")
_WISHED = (
    "cit", "influen", "seminal", "landmark", "classic", "famous", "known", "popular", "latest",
    "newest", "recent", "fresh", "current", "actual", "state", "lately", "days", "new", "hot",
    "date", "cutting", "year", "pioneer", "breaking", "impact", "standard", "right now",
)  # fmt: skip
_DENIED = (
    "not", "n't", "no ", "nothing", "anything but", "exclud", "except", "other than", "apart",
    "aside", "leav", "besides", "minus", "without", "ignor", "skip", "dont",
)  # fmt: skip
# In this order: "100 citations" is no year, "no surveys" no wish for surveys.
_GROUPS = (
    Group((":",), _WRITTEN),
    Group(("cit",), _CITATIONS),
    Group((*_DIGITS, "year", "decade", "ties"), YEARS),
    Group((*_DIGITS, *SMALL, "best"), _COUNTS),
    Group(("survey", "review", "overview", "blog"), _KINDS),
    Group(("star", "curator", "thumb"), _STARS),
    Group(_WISHED, _WISHES),
    Group(_DENIED, _OUT),
)

# One thing is said at most so often in a question.
_REPEATS = 4


def read_filters(
    query: Query, text: str, *, venues: Iterable[str], this_year: int
) -> tuple[Query, str]:
    """Read the filters and wishes of a text; gives the query with them and the text without.

    ``GAP`` stands in the text wherever something was taken out.
    """
    said_at_first = text.casefold()
    groups = (Group((), venue_rules(frozenset(venues))), *_GROUPS)
    worth_a_look = (group.rules for group in groups if group.may_fit(said_at_first))
    for each in chain.from_iterable(worth_a_look):
        for _ in range(_REPEATS):
            match = each.search(text)
            changed = each.apply(query, match, this_year) if match else query
            if match is None or changed == query:  # or what matched is no filter after all
                break
            query = changed
            text = " ".join(f"{text[: match.start()]} {GAP} {text[match.end() :]}".split())
    return query, text.strip(" ,;")


def join_filters(first: Filters, second: Filters) -> Filters:
    """Let what ``second`` asks for take the place of what ``first`` did.

    Years are one thing: a new bound replaces both old ones. What is left out adds up.
    """
    asked = {
        name: value
        for name in Filters.__slots__
        if (value := getattr(second, name)) is not None and value is not False and value != ()
    }
    if "since" in asked or "until" in asked:
        asked |= {"since": second.since, "until": second.until}
    kinds = tuple(dict.fromkeys((*first.not_kinds, *second.not_kinds)))
    asked["not_kinds"] = tuple(kind for kind in kinds if kind != second.kind)
    if first.kind in second.not_kinds:
        asked["kind"] = None
    asked["not_about"] = tuple(dict.fromkeys((*first.not_about, *second.not_about)))
    asked["not_years"] = tuple(dict.fromkeys((*first.not_years, *second.not_years)))
    return replace(first, **asked)
