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

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WHICH = rf"(?:(?:number |no\.? ?|nr\.? ?|paper |hit |result )?#?(\d{{1,2}})|(?:the )?({'|'.join(_ORDINALS)}|last)(?: (?:one|paper|hit|result))?)"
_MORE_LIKE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:(?:show|give|find|get|any|some|have you|got)(?: me)? )?(?:more|similar|others?|papers?|something|anything|stuff)?(?: papers?)? ?(?:like|similar to|close to|related to|as|to) {_WHICH}\b.*$",
        rf"^{_WHICH} (?:is|was|sounds?|looks?|seems?)\b.*\b(?:more|like (?:it|that)|similar|direction)\b.*$",
        rf"^(?:i )?(?:liked?|loved?) {_WHICH}\b.*\b(?:more|like (?:it|that)|similar|direction)\b.*$",
    )
]
_MORE = re.compile(
    r"^(?:(?:show|give)(?: me)? )?(?:(?:the )?next(?: (?:ones|page|papers|five|ten|\d+))?|more(?: (?:papers|results|of (?:these|those|them|that)))?(?: please)?|continue|go on|and more"
    r"|(?:(?:have you|do you have|got|are there|any|what) )?(?:any )?(?:others?|else|further)(?: (?:ones|papers))?)$",
    re.IGNORECASE,
)
Change = Callable[[Query], Query]


def _without(**changes: object) -> Change:
    return lambda query: replace(query, filters=replace(query.filters, **changes))  # type: ignore[arg-type]


def _rule(pattern: str, change: Change) -> tuple[re.Pattern[str], Change]:
    return re.compile(rf"^(?:(?:and|but|ok|okay|now|please|also|no|actually|hm+),? )*(?:{pattern})(?: (?:please|too|now|instead|again|as well))*$", re.IGNORECASE), change


_GONE = r"(?:(?:is|are) )?(?:fine|ok|okay|welcome|allowed|good)(?: too| as well)?"
_CHANGES = (
    _rule(r"(?:and |also )+(?:the )?newer (?:ones|papers|work)(?: too| as well)?", _without(until=None)),
    _rule(r"(?:(?:show|only|just|the|which|what|are|is) )*(?:newer|more recent|newest|latest|recent)(?: (?:ones|papers|work|first|of (?:these|those|them)))*",
          lambda q: replace(q, recent=True)),
    _rule(r"(?:(?:show|only|just|the|which|what|are|is) )*(?:(?:more|most|highly) cited|cited (?:the )?most)(?: (?:ones|papers|first|of (?:these|those|them)))*",
          lambda q: replace(q, cited=True)),
    _rule(r"(?:all|everything|no filters?|without (?:any )?filters?|reset|(?:forget|drop|remove|clear) (?:all )?(?:the )?filters?)",
          lambda q: replace(q, filters=Filters(), recent=False, cited=False, count=None)),
    _rule(rf"(?:any (?:year|date|time)|all years)(?: {_GONE})?|(?:drop|forget|remove|without|ignore) (?:the )?years?(?: (?:limit|filter|bound))?|no matter (?:when|the year|how old)",
          _without(since=None, until=None)),
    _rule(r"(?:the )?older (?:ones|papers|work)?(?: (?:are )?(?:fine|ok|welcome))?|older too", _without(since=None)),
    _rule(rf"(?:the )?newer (?:ones|papers|work)(?: {_GONE})?", _without(until=None)),
    _rule(rf"any (?:venue|conference)(?: {_GONE})?|(?:drop|forget|ignore) the venue|from anywhere", _without(venue=None)),
    _rule(rf"(?:without|not only|not just|no matter if|drop) (?:the )?(?:stars?|starred)(?: (?:ones|papers))?|unstarred (?:ones )?too|any stars?|(?:not )?starred or not", _without(starred=False)),
    _rule(rf"not (?:just|only) (?:surveys?|reviews?|blogs?|blog posts?)|any kind(?: {_GONE})?|all kinds", _without(kind=None)),
    _rule(rf"(?:surveys?|reviews?|blogs?|blog posts?) {_GONE}", _without(not_kinds=())),
    _rule(r"fewer|less|shorter list", lambda q: replace(q, count=max(1, (q.count or 5) // 2))),
    _rule(r"(?:in )?(?:which|what) order (?:should|do) (?:i|we) read (?:these|them|those)|(?:as a |make it a )?reading (?:path|order|plan)|where (?:do|should) (?:i|we) (?:start|begin)",
          lambda q: replace(q, intent="path", sides=())),
)  # fmt: skip
_WELCOME = re.compile(rf"^(.+?) {_GONE}(?: too)?$", re.IGNORECASE)
_NOR = re.compile(r"^(?:and |also )?(?:nor|neither|also not|and not|not)(?: (?:about|on))? (.+)$", re.IGNORECASE)
_MAKE_IT = re.compile(r"^(?:(?:make (?:it|that)|show(?: me)?|give me|i want|only|just) )?(?:(\d{1,2})|(one|two|three|four|five|six|seven|eight|nine|ten|twelve))(?: (?:of (?:them|these)|please|papers|ones|results|is enough))*$", re.IGNORECASE)
_NUMBERS = {w: n for n, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1)} | {"twelve": 12}
_OF_THEM = re.compile(r",? ?(?:only )?(one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) of (?:them|these|those)\b", re.IGNORECASE)
_NEW_TOPIC = re.compile(
    r"^(?:and |ok |now )?(?:what about|how about|same (?:for|on|with|but)|(?:and )?(?:on|about|for)|the same (?:for|on))(?: on| for| about)? (.+?)(?: instead)?$",
    re.IGNORECASE,
)
_FOLLOW_WORDS = re.compile(
    r"^(?:(?:and|but|ok|now|please|only|just|the|ones?|those|papers?|show|me|more|them|of|that|are|is"
    r"|what|about|from|same|again|with|which|these|this|time|rather|instead|any|also|too|then|there)\W*)*$",
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
    number, ordinal = match[1], (match[2] or "").casefold()
    return int(number) if number else shown if ordinal == "last" else _ORDINALS.index(ordinal) + 1


def refine(
    previous: Query, text: str, *, this_year: int, venues: Iterable[str] = ()
) -> Query | None:
    """Join a follow-up ("only surveys", "newer", "since 2024") to the question before it.

    Gives ``None`` when ``text`` is a question of its own.
    """
    clean = _clean(text)
    for pattern, change in _CHANGES:
        if pattern.match(clean):
            return replace(change(previous), asked=text)
    if match := _MAKE_IT.match(clean):
        count = int(match[1]) if match[1] else _NUMBERS[match[2].casefold()]
        return replace(previous, asked=text, count=count) if count else None
    if changed := _left_out(previous, clean):
        return replace(changed, asked=text)
    return _filtered(previous, clean, text, venues, this_year)


def _left_out(previous: Query, clean: str) -> Query | None:
    """Take a topic back in ("vision is ok too"), or leave one more out ("nor pruning")."""
    out = previous.filters.not_about
    if (match := _WELCOME.match(clean)) and match[1].casefold() in map(str.casefold, out):
        kept = tuple(topic for topic in out if topic.casefold() != match[1].casefold())
        return replace(previous, filters=replace(previous.filters, not_about=kept))
    if out and (match := _NOR.match(clean)):
        return replace(previous, filters=replace(previous.filters, not_about=(*out, match[1])))
    return None


def _filtered(
    previous: Query, clean: str, asked: str, venues: Iterable[str], this_year: int
) -> Query | None:
    nothing = Query("", asked)
    count = _OF_THEM.search(clean)
    if count:
        clean = _OF_THEM.sub("", clean)
    read, rest = read_filters(nothing, clean, venues=venues, this_year=this_year)
    if count:
        said = count[1].casefold()
        read = replace(read, count=_NUMBERS.get(said) or int(said))
    rest = " ".join(rest.replace(GAP, " ").split())
    match = _NEW_TOPIC.match(rest)
    topic = strip_phrasing(match[1]) if match else ""
    if is_phrasing(topic):
        topic = ""
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
