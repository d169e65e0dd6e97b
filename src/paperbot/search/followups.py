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
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WHICH = (
    r"(?:(?:number |no\.? ?|nr\.? ?|paper |hit |result )?#?(\d{1,2})"
    rf"|number ({'|'.join(_CARDINALS)})"
    rf"|(?:the )?({'|'.join(_ORDINALS)}|last)(?: (?:one|paper|hit|result))?)"
)
_THAT_WAY = r"\b(?:more|like (?:it|that)|similar|direction)\b.*$"
_MORE_LIKE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:(?:show|give|find|get|any|some|have you|got)(?: me)? )?"
        r"(?:more|similar|others?|papers?|something|anything|stuff)?(?: papers?)? ?"
        rf"(?:like|similar to|close to|related to|as|to) {_WHICH}\b.*$",
        rf"^{_WHICH}(?: in (?:your|the|that) list)?\b.{{0,60}}{_THAT_WAY}",
        rf"^(?:i )?(?:liked?|loved?) {_WHICH}\b.*{_THAT_WAY}",
    )
]
_MORE = re.compile(
    r"^(?:(?:show|give)(?: me)? )?(?:(?:the )?next(?: (?:ones|page|papers|two|three|five|ten|\d+))?"
    r"|more(?: (?:papers|results|of (?:these|those|them|that)))?(?: please)?|continue|go on|and more"
    r"|(?:(?:have you|do you have|got|are there|any|what) )?(?:any )?(?:others?|else|further)"
    r"(?: (?:ones|papers))?)$",
    re.IGNORECASE,
)

_FILLER = r"(?:(?:and|but|ok|okay|now|please|also|actually|hm+|rather),? |no, )*"
_CLOSE = r"(?: (?:please|too|now|instead|again|as well))*"
_FINE = r"(?:(?:is|are) )?(?:fine|ok|okay|welcome|allowed|good)(?: too| as well)?"
_SHOW = r"(?:(?:show|only|just|the|which|what|are|is) )*"
_ONES = r"(?: (?:ones|papers|work|first|of (?:these|those|them)))*"
_DROP = r"(?:drop|forget|remove|without|ignore|clear)"


def _rule(change: Change, *ways: str) -> tuple[re.Pattern[str], Change]:
    return re.compile(rf"^{_FILLER}(?:{'|'.join(ways)}){_CLOSE}$", re.IGNORECASE), change


def _filters(**changes: object) -> Change:
    return lambda query: replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


def _before(query: Query) -> Query:
    """Go back behind the years asked for."""
    since = query.filters.since
    return _filters(since=None, until=since - 1 if since else query.filters.until)(query)


def _after(query: Query) -> Query:
    """Go on from the years asked for."""
    until = query.filters.until
    return _filters(since=until + 1 if until else query.filters.since, until=None)(query)


_CHANGES = (
    (re.compile(r"^(?:and |also )+(?:the )?newer (?:ones|papers|work)(?: too| as well)?$", re.I),
     _filters(until=None)),
    _rule(_filters(until=None), rf"(?:the )?newer (?:ones|papers|work) {_FINE}"),
    (re.compile(r"^(?:and |also )+(?:the )?older (?:ones|papers|work)(?: too| as well)?$", re.I),
     _filters(since=None)),
    _rule(_filters(since=None), rf"older too|(?:the )?older (?:ones|papers|work) {_FINE}"),
    _rule(_before, r"(?:i meant )?before that|(?:the )?older (?:ones|papers|work)|older"),
    _rule(_after, r"(?:i meant )?(?:after|since) that"),
    _rule(lambda q: replace(q, recent=True, cited=False),
          rf"{_SHOW}(?:newer|more recent|newest|latest|recent){_ONES}"),
    _rule(lambda q: replace(q, cited=True, recent=False),
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
          rf"{_DROP} (?:the )?stars?(?: filter)?|unstarred (?:ones )?too|starred or not"),
    _rule(_filters(kind=None),
          r"not (?:just|only) (?:surveys?|reviews?|blogs?|blog posts?)",
          rf"any kind(?: {_FINE})?|all kinds"),
    _rule(_filters(not_kinds=()), rf"(?:surveys?|reviews?|blogs?|blog posts?) {_FINE}"),
    _rule(lambda q: replace(q, count=max(1, (q.count or 5) // 2)), r"fewer|less|shorter(?: list)?|(?:that(?:'s| is) )?too (?:many|long)"),
    _rule(lambda q: replace(q, intent="path", sides=()),
          r"(?:in )?(?:which|what) order (?:should|do) (?:i|we) read (?:these|them|those)",
          r"(?:as a |make it a )?reading (?:path|order|plan)",
          r"where (?:do|should) (?:i|we) (?:start|begin)(?: with (?:that|this|it|these|them))?",
          r"(?:can you )?(?:order|sort) (?:these|them|those) for (?:a )?(?:beginner|newcomer)s?"),
)  # fmt: skip
_WELCOME = re.compile(rf"^(.+?) {_FINE}$", re.IGNORECASE)
_NOR = re.compile(
    r"^(?:and |also |but )?(?:nor|neither|also not|not|no|without|nothing)(?: (?:about|on))? (.+?)"
    r"(?: either)?(?: please)?$",
    re.IGNORECASE,
)
_NUMBER = rf"(\d{{1,2}}|{any_of(SMALL)})"
_MAKE_IT = re.compile(
    rf"^(?:(?:make (?:it|that)|show(?: me)?|give me|i want|only|just) )?{_NUMBER}"
    r"(?: (?:of (?:them|these)|please|papers|ones|results|is enough))*$",
    re.IGNORECASE,
)
_OF_THEM = re.compile(rf",? ?(?:only )?{_NUMBER} of (?:them|these|those)\b", re.IGNORECASE)
_NEW_TOPIC = re.compile(
    r"^(?:and |ok |now )?(?:what about|how about|(?:the )?same(?: but)? (?:for|on|with|about)|on|about|for)"
    r"(?: on| for| about)? (.+?)(?: instead)?$",
    re.IGNORECASE,
)
_FOLLOW_WORDS = re.compile(
    r"^(?:(?:and|but|ok|now|please|only|just|the|ones?|those|papers?|show|me|more|them|of|that|are"
    r"|is|what|about|from|same|again|with|which|these|this|time|rather|instead|any|also|too|then"
    r"|there|real|actually|hm+|in|fact|want|i|we)\W*)*$",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"^(?:and )?(?:how (?:does|is|do) )?(?:it|that|this|they) (?:compares?|compared|differs?|different"
    r"|stacks? up) (?:to|with|from|against) (.+)$|^(?:and )?(?:vs\.?|versus|compared (?:to|with)) (.+)$",
    re.IGNORECASE,
)
_NARROWER = re.compile(r"^(?:of|for|in|with|on) (.+?),? i meant?$", re.IGNORECASE)
_ENOUGH = re.compile(
    r"^(\d+) (?:is|are) (?:enough|fine|ok)|^(?:lower|raise|set|change) (?:it|that) to (\d+)$",
    re.IGNORECASE,
)
_PARTS = re.compile(r",(?: and| but)? | and | but ")
_BEGINS = re.compile(rf"^{_FILLER}", re.IGNORECASE)
_ENDS = re.compile(rf"{_CLOSE}$|(?: rather)$", re.IGNORECASE)


_COURTESY = re.compile(
    r"^(?:(?:ok|okay|cool|great|nice|perfect|super|awesome|good|very|wonderful|thanks?|thank you|thx"
    r"|merci|danke|a lot|so much|again|that(?:'s| is)?|this|helps?|helped|helpful|is|was|got it|all"
    r"|for now|bye|cheers|you|yes|no|much|appreciated)\W*)+$",
    re.IGNORECASE,
)


def is_courtesy(text: str) -> bool:
    """Tell whether a follow-up only thanks or praises, so that nothing is to be searched."""
    return bool(_COURTESY.match(_clean(text)))


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
    word = (match[2] or match[3]).casefold()
    if word == "last":
        return shown
    return 1 + (_CARDINALS.index(word) if match[2] else _ORDINALS.index(word))


def refine(
    previous: Query, text: str, *, this_year: int, venues: Iterable[str] = ()
) -> Query | None:
    """Join a follow-up ("only surveys", "newer", "and on quantization?") to the question before it.

    Gives ``None`` when ``text`` is a question of its own.
    """
    clean = _clean(text)
    changed = _refined(previous, clean, venues, this_year)
    parts = [part for part in _PARTS.split(clean) if part]
    if changed is None and len(parts) > 1:  # "only starred, and drop the years"
        changed = previous
        for part in parts:
            changed = changed and _refined(changed, _clean(part), venues, this_year)
    return changed and replace(changed, asked=text)


def _refined(previous: Query, clean: str, venues: Iterable[str], this_year: int) -> Query | None:
    for pattern, change in _CHANGES:
        if pattern.match(clean):
            return change(previous)
    if match := _MAKE_IT.match(clean):
        count = _count(match[1])
        return replace(previous, count=count) if count else None
    if previous.filters.min_citations and (match := _ENOUGH.match(clean)):
        return _filters(min_citations=int(match[1] or match[2]))(previous)
    if previous.text and (match := _AGAINST.match(clean)):
        sides = (previous.text, match[1] or match[2])
        return Query("", previous.asked, previous.filters, "compare", sides)
    if match := _NARROWER.match(clean):
        return replace(previous, text=f"{previous.text} {match[1]}")
    return (
        _back_in(previous, clean)
        or _filtered(previous, clean, venues, this_year)
        or _left_out(previous, clean)
    )


def _count(said: str) -> int:
    return SMALL.get(said.casefold()) or int(said)


def _back_in(previous: Query, clean: str) -> Query | None:
    """Take back in what was left out: "vision is ok too"."""
    out = previous.filters.not_about
    match = _WELCOME.match(clean)
    kept = tuple(topic for topic in out if match and topic.casefold() != match[1].casefold())
    return _filters(not_about=kept)(previous) if match and kept != out else None


def _left_out(previous: Query, clean: str) -> Query | None:
    """Leave more out: "nor pruning", "no quantization and no distillation"."""
    parts = [_NOR.match(part) for part in re.split(r",? and | or ", clean)]
    topics = tuple(part[1] for part in parts if part)
    if not topics or len(topics) < len(parts):
        return None
    return _filters(not_about=(*previous.filters.not_about, *topics))(previous)


def _filtered(previous: Query, clean: str, venues: Iterable[str], this_year: int) -> Query | None:
    """Read new filters, or a new topic under the old ones."""
    nothing = Query("", previous.asked)
    clean = _ENDS.sub("", _BEGINS.sub("", clean))
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
        filters=join_filters(previous.filters, read.filters),
        recent=read.recent or (previous.recent and not read.cited),
        cited=read.cited or (previous.cited and not read.recent),
        count=read.count or previous.count,
    )


def _clean(text: str) -> str:
    return " ".join(text.split()).strip(" ?!.,;:")
