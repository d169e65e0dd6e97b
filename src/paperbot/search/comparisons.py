"""Comparisons: the two sides of a question, and what they are compared for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from paperbot.search.answer import Query
from paperbot.search.phrasing import strip_phrasing
from paperbot.search.rules import compiled

# Two sides of more words than this are one topic ("offloading to CPU memory or SSD"), unless they
# are names.
_SHORT_SIDE = 2

_FOR = r"(?: (?:for|in(?! (?:a|the|terms)\b)|in terms of|when it comes to|regarding|concerning|with respect to) (?P<topic>.+))?"
_USE = (
    r"(?:(?:should (?:i|we) (?:use|take|pick|choose|prefer)|(?:which|what) (?:one )?is better"
    r"|better)[,:]? )?"
)
_VS = r"(?:vs\.?|versus)"

# A text without any of these compares nothing: the patterns below are not even compiled for it.
_SIGNS = re.compile(
    r"\b(?:vs|versus|or|over|than|against|instead of|rather than|differ|compar|stacks? up"
    r"|distinguishes|separates|contrast|choos|decid|trade-?off|better|faster|what (?:to|should))",
    re.IGNORECASE,
)
_COMPARE = (
    rf"^.*?\bdifferences? (?:between|from|of) (?P<a>.+?) (?:and|to|{_VS}) (?P<b>.+?){_FOR}$",
    r"^(?:how (?:does|do|is|are) )?(?P<a>.+?) (?:compares?|compared|differs?|different"
    rf"|stacks? up) (?:with|to|from|against) (?P<b>.+?){_FOR}$",
    r"^(?:.*\b)?compar(?:e|ison (?:of|between)|ing) (?P<a>.+?) "
    rf"(?:and|with|to|against|{_VS}) (?P<b>.+?){_FOR}$",
    r"^(?:(?:the )?(?:pros and cons|advantages|trade-?offs?|benefits) (?:of|between) )?"
    rf"(?P<a>.+?),? {_VS} (?P<b>.+?){_FOR}$",
    rf"^(?:what|which) (?:distinguishes|separates) (?P<a>.+?) from (?P<b>.+?){_FOR}$",
    r"^(?:contrast|(?:choose|choosing|decide|deciding|trade-?off) between) "
    rf"(?P<a>.+?) (?:and|with|or) (?P<b>.+?){_FOR}$",
    r"^(?:the )?(?:pros(?: and cons)?|advantages?|benefits?|strengths?|drawbacks?|disadvantages?) of "
    rf"(?P<a>.+?) (?:over|against|compared (?:to|with)) (?P<b>.+?){_FOR}$",
    rf"^{_USE}(?P<a>(?:\S+ ){{0,2}}\S+) (?:instead of|rather than|against) "
    rf"(?P<b>(?:[^\s,]+ ?){{1,3}}?)(?:, .*)?{_FOR}$",
    rf"^how (?:do |does )?differs? (?P<a>.+?) (?:and|from) (?P<b>.+?){_FOR}$",
    rf"^(?:do|does) (?P<a>.+?) and (?P<b>.+?) differ{_FOR}$",
    r"^(?:what|which)(?: one)?(?: is|'s) (?:better|faster|cheaper|best)"
    r"(?: for (?P<topic>[^,:]+))?[,:] ?(?P<a>.+?) or (?P<b>.+?)$",
    rf"^(?:what does|does) (?P<a>.+?) (?:do|work|perform|scale) better than (?P<b>.+?){_FOR}$",
    rf"^(?:is|are) (?P<a>.+?) (?:better|faster|worse|cheaper|stronger|more \w+) than "
    rf"(?P<b>.+?){_FOR}$",
    r"^(?P<a>[^,]+?) (?:and|or) (?P<b>[^,]+?)[,:] (?:(?:what|which)(?:'s| is| are)?(?: the)? "
    r"(?:better|differences?|faster)|differences?|what (?:to|should (?:i|we)) (?:use|take)).*$",
)
_OR = rf"^{_USE}(?P<a>(?:\S+ ){{0,3}}\S+?),? or (?P<b>(?:\S+ ?){{1,3}}?){_FOR}$"
# "one small GPU: PowerInfer or FlexGen?"
_ONE_OF = r"^(?P<topic>[^:]+): ?(?P<a>[^,]+?),? or (?P<b>[^,]+)$"


def read_sides(
    query: Query, text: str, is_name: Callable[[str], bool], *, bare: bool
) -> tuple[Query, str]:
    """Read a comparison; the text left is what the sides are compared for, often nothing.

    ``bare`` tells that no phrasing stands before it: "anything on A or B" is a search, "A or B"
    is not.
    """
    if not _SIGNS.search(text):
        return query, text
    for pattern in (*_COMPARE, *([_OR, _ONE_OF] if bare else [])):
        if match := compiled(pattern).match(text):
            sides = tuple(strip_phrasing(match[side]) for side in ("a", "b"))
            longest = {_OR: _SHORT_SIDE, _ONE_OF: 0}.get(pattern, len(text))
            if all(side and (len(side.split()) <= longest or is_name(side)) for side in sides):
                topic = strip_phrasing(match.groupdict().get("topic") or "")
                return replace(query, intent="compare", sides=sides), topic
    return query, text
