"""What a member says after an answer: more of it, more like one of it, or the question changed.

Pure functions; the doors hold the previous query.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from paperbot.search.answer import Filters, Query
from paperbot.search.filter_words import join_filters, read_filters
from paperbot.search.phrasing import GAP, is_phrasing, strip_phrasing
from paperbot.search.rules import SMALL, any_of

Change = Callable[[Query], Query]

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"
)  # fmt: skip
_WHICH = (
    r"(?:(?:number |no\.? ?|nr\.? ?|paper |hit |result )?#?(\d{1,2})"
    rf"|(?:the )?({'|'.join(_ORDINALS)}|last)(?: (?:one|paper|hit|result))?)"
)
_THAT_WAY = r"\b(?:more|like (?:it|that)|similar|direction)\b.*$"
_MORE_LIKE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:(?:show|give|find|get|any|some|have you|got)(?: me)? )?"
        r"(?:more|similar|others?|papers?|something|anything|stuff)?(?: papers?)? ?"
        rf"(?:like|similar to|close to|related to|as|to) {_WHICH}\b.*$",
        rf"^{_WHICH} (?:is|was|sounds?|looks?|seems?)\b.*{_THAT_WAY}",
        rf"^(?:i )?(?:liked?|loved?) {_WHICH}\b.*{_THAT_WAY}",
    )
]
_MORE = re.compile(
    r"^(?:(?:show|give)(?: me)? )?(?:(?:the )?next(?: (?:ones|page|papers|five|ten|\d+))?"
    r"|more(?: (?:papers|results|of (?:these|those|them|that)))?(?: please)?|continue|go on|and more"
    r"|(?:(?:have you|do you have|got|are there|any|what) )?(?:any )?(?:others?|else|further)"
    r"(?: (?:ones|papers))?)$",
    re.IGNORECASE,
)

_FILLER = r"(?:(?:and|but|ok|okay|now|please|also|no|actually|hm+),? )*"
_CLOSE = r"(?: (?:please|too|now|instead|again|as well))*"
_FINE = r"(?:(?:is|are) )?(?:fine|ok|okay|welcome|allowed|good)(?: too| as well)?"
_SHOW = r"(?:(?:show|only|just|the|which|what|are|is) )*"
_ONES = r"(?: (?:ones|papers|work|first|of (?:these|those|them)))*"
_DROP = r"(?:drop|forget|remove|without|ignore|clear)"


def _rule(change: Change, *ways: str) -> tuple[re.Pattern[str], Change]:
    return re.compile(rf"^{_FILLER}(?:{'|'.join(ways)}){_CLOSE}$", re.IGNORECASE), change


def _filters(**changes: object) -> Change:
    return lambda query: replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


_CHANGES = (
    (re.compile(r"^(?:and |also )+(?:the )?newer (?:ones|papers|work)(?: too| as well)?$", re.I),
     _filters(until=None)),
    _rule(_filters(until=None), rf"(?:the )?newer (?:ones|papers|work) {_FINE}"),
    _rule(_filters(since=None), rf"(?:the )?older (?:ones|papers|work)(?: {_FINE})?|older too"),
    _rule(lambda q: replace(q, recent=True),
          rf"{_SHOW}(?:newer|more recent|newest|latest|recent){_ONES}"),
    _rule(lambda q: replace(q, cited=True),
          rf"{_SHOW}(?:(?:more|most|highly) cited|cited (?:the )?most){_ONES}"),
    _rule(lambda q: replace(q, filters=Filters(), recent=False, cited=False, count=None),
          r"all|everything|no filters?|without (?:any )?filters?|reset",
          rf"{_DROP} (?:all )?(?:the )?filters?"),
    _rule(_filters(since=None, until=None),
          rf"(?:any (?:year|date|time)|all years)(?: {_FINE})?",
          rf"{_DROP} (?:the )?years?(?: (?:limit|filter|bound))?",
          r"no matter (?:when|the year|how old)"),
    _rule(_filters(venue=None),
          rf"any (?:venue|conference)(?: {_FINE})?|{_DROP} the venue|from anywhere"),
    _rule(_filters(starred=False),
          rf"(?:not only|not just|no matter if|{_DROP}) (?:the )?(?:stars?|starred){_ONES}",
          r"unstarred (?:ones )?too|starred or not"),
    _rule(_filters(kind=None),
          r"not (?:just|only) (?:surveys?|reviews?|blogs?|blog posts?)",
          rf"any kind(?: {_FINE})?|all kinds"),
    _rule(_filters(not_kinds=()), rf"(?:surveys?|reviews?|blogs?|blog posts?) {_FINE}"),
    _rule(lambda q: replace(q, count=max(1, (q.count or 5) // 2)), r"fewer|less|shorter list"),
    _rule(lambda q: replace(q, intent="path", sides=()),
          r"(?:in )?(?:which|what) order (?:should|do) (?:i|we) read (?:these|them|those)",
          r"(?:as a |make it a )?reading (?:path|order|plan)",
          r"where (?:do|should) (?:i|we) (?:start|begin)"),
)  # fmt: skip
_WELCOME = re.compile(rf"^(.+?) {_FINE}$", re.IGNORECASE)
_NOR = re.compile(
    r"^(?:and |also )?(?:nor|neither|also not|and not|not)(?: (?:about|on))? (.+)$", re.IGNORECASE
)
_NUMBER = rf"(\d{{1,2}}|{any_of(SMALL)})"
_MAKE_IT = re.compile(
    rf"^(?:(?:make (?:it|that)|show(?: me)?|give me|i want|only|just) )?{_NUMBER}"
    r"(?: (?:of (?:them|these)|please|papers|ones|results|is enough))*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(rf",? ?(?:only )?{_NUMBER} of (?:them|these|those)\b", re.IGNORECASE)
_NEW_TOPIC = re.compile(
    r"^(?:and |ok |now )?(?:what about|how about|(?:the )?same (?:for|on|with)|on|about|for)"
    r"(?: on| for| about)? (.+?)(?: instead)?$",
    re.IGNORECASE,
)
_FOLLOW_WORDS = re.compile(
    r"^(?:(?:and|but|ok|now|please|only|just|the|ones?|those|papers?|show|me|more|them|of|that|are"
    r"|is|what|about|from|same|again|with|which|these|this|time|rather|instead|any|also|too|then"
    r"|there)\W*)*$",
    re.IGNORECASE,
)


def asks_for_more(text: str) -> bool:
    """Tell whether a follow-up asks for the papers that come after those shown."""
    return bool(_MORE.match(_clean(text)))


def more_like(text: str, shown: int) -> int | None:
    """Give the rank of the paper that "more like 2" or "like the last one" means.

    ``shown`` is the rank of the last paper shown.
    """
    clean = _clean(text)
    match = next(filter(None, (pattern.match(clean) for pattern in _MORE_LIKE)), None)
    if match is None:
        return None
    if match[1]:
        return int(match[1])
    ordinal = match[2].casefold()
    return shown if ordinal == "last" else _ORDINALS.index(ordinal) + 1


def refine(
    previous: Query, text: str, *, this_year: int, venues: Iterable[str] = ()
) -> Query | None:
    """Join a follow-up ("only surveys", "newer", "and on quantization?") to the question before it.

    Gives ``None`` when ``text`` is a question of its own.
    """
    clean = _clean(text)
    for pattern, change in _CHANGES:
        if pattern.match(clean):
            return replace(change(previous), asked=text)
    if match := _MAKE_IT.match(clean):
        count = _count(match[1])
        return replace(previous, asked=text, count=count) if count else None
    if changed := _left_out(previous, clean):
        return replace(changed, asked=text)
    return _filtered(previous, clean, text, venues, this_year)


def _count(said: str) -> int:
    return SMALL.get(said.casefold()) or int(said)


def _left_out(previous: Query, clean: str) -> Query | None:
    """Take a topic back in ("vision is ok too"), or leave one more out ("nor pruning")."""
    out = previous.filters.not_about
    if match := _WELCOME.match(clean):
        kept = tuple(topic for topic in out if topic.casefold() != match[1].casefold())
        if kept != out:
            return _filters(not_about=kept)(previous)
    if out and (match := _NOR.match(clean)):
        return _filters(not_about=(*out, match[1]))(previous)
    return None


def _filtered(
    previous: Query, clean: str, asked: str, venues: Iterable[str], this_year: int
) -> Query | None:
    """Read new filters, or a new topic under the old ones."""
    nothing = Query("", asked)
    of_them = _OF_THEM.search(clean)
    known = replace(nothing, count=_count(of_them[1])) if of_them else nothing
    clean = _OF_THEM.sub("", clean)
    read, rest = read_filters(known, clean, venues=venues, this_year=this_year)
    rest = " ".join(rest.replace(GAP, " ").split()).strip(" ,;")
    match = _NEW_TOPIC.match(rest)
    topic = strip_phrasing(match[1]) if match else ""
    topic = "" if is_phrasing(topic) else topic
    if not topic and (read == nothing or not _FOLLOW_WORDS.match(rest)):
        return None
    return replace(
        previous,
        text=topic or previous.text,
        sides=() if topic else previous.sides,
        intent="topic" if topic and previous.sides else previous.intent,
        asked=asked,
        filters=join_filters(previous.filters, read.filters),
        recent=previous.recent or read.recent,
        cited=previous.cited or read.cited,
        count=read.count or previous.count,
    )


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ?!.,;:")
