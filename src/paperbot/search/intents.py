"""What kind of answer a question wants: a reading path, a comparison, or papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from paperbot.search.answer import Query
from paperbot.search.phrasing import said_words, strip_phrasing

SpokenOf = Callable[[Sequence[str]], Sequence[float]]
"""Tells how much each of some clauses speaks of what the lists are about."""


def _ways(*patterns: str) -> re.Pattern[str]:
    """Any of these phrases, whole words each, anywhere in a question."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])", re.IGNORECASE)


_WHO = r"(?:i|we|one|you|(?:a|some|the) (?:newcomer|beginner|newbie|new student)|someone(?: new)?)"
_BEGINNERS = (
    r"(?:(?:complete|absolute|total) )?(?:beginners?|newcomers?|newbies?|novices?|starters)"
    r"(?:['’]s?(?: way (?:in|into))?)?"
)
_TO = r"(?: (?:to|for|on|through|into|of|in|about|with))?"

# "what should I read first", but not "which paper multiplies these first".
_READ = (
    r"(?:papers?|articles?|ones?|things?|should|do|can|would|must|i|we|you|one|to|is|are|be|best"
    r"|good|read|study|know|learn|look|at|of|the|these|those|them)"
)

# Signs of a newcomer. What says most beside them is the topic.
_PATH = _ways(
    rf"(?:where|how|what|which papers?)(?: \w+)? (?:(?:do|does|should|can|could|would|to) )?(?:{_WHO} )?(?:best )?"
    r"(?:start|begin|get started|get going|get into|get up to speed)"
    rf"(?: (?:reading|learning|when (?:reading|studying|learning)))?{_TO}",
    rf"get(?:ting)? (?:up to speed|started){_TO}|(?:getting|diving|dive) into",
    rf"(?:bring|get) (?:me|us) up to speed{_TO}|teach (?:me|us)(?: about)?|ramp(?:ing)? up(?: on)?",
    r"(?:i(?:'m| am)|we(?:'re| are))?(?: \w+)? ?new (?:to|in)"
    r"(?: (?:the )?(?:field|area|topic|subject)(?: of)?)?|how to enter",
    r"(?:a |an |some |good |gentle |short )*(?:introduction|intro|primer|beginner'?s? guide"
    r"|crash course) (?:to|into|for|on|about)",
    rf"(?:an? )?(?:learning|reading|study) (?:path|plan|order|roadmap){_TO}",
    rf"(?:an? )?(?:roadmap|onboarding(?: (?:list|material|plan))?){_TO}",
    r"(?:an? )?path (?:to|through|into)|(?:a )?(?:curriculum|syllabus) (?:for|on|of)",
    r"(?:the )?(?:basics|fundamentals) of|from (?:zero|the ground up)|starter pack(?: (?:for|on))?",
    rf"(?:an? |the |good )*(?:starting|entry) points?{_TO}",
    rf"(?:for |as )?(?:an? )?{_BEGINNERS}(?: (?:in|to|at|with))?|beginner[- ]friendly",
    r"entry[- ]level(?: (?:papers?|reading))?|(?:background|introductory) (?:reading|papers?)"
    r"(?: (?:for|on|about|to))?",
    r"(?:i )?(?:know nothing|have no (?:idea|clue)|don'?t know anything)(?: (?:about|of))?",
    r"(?:i(?:'ve| have)? )?never (?:worked|done|touched|studied|read)"
    r"(?: (?:with|on|about|anything(?: on| about)?))?",
    r"(?:in )?(?:which|what) order (?:should|do|can|must) \w+ (?:read|study)"
    r"(?: (?:the|these|those))?(?: papers?)?(?: (?:on|about))?",
    rf"(?:what|which)(?: {_READ}){{0,5}} (?:first|to begin with|to start with)",
    r"first (?:papers?|things?|texts?|reads?|steps?)"
    r" (?:on|about|(?:to|i should|we should) read(?: (?:on|about))?)",
    rf"(?:for )?(?:{_BEGINNERS}|dummies|noobs?)$",
    r"(?:good |nice |best |gentle )?intro(?:ductory)? (?:papers?|texts?|reads?|material)",
    r"(?:read|study|learn) first(?: (?:on|about))?|reading for someone entering",
    r"(?:a )?crash course(?: in)?|(?:explain )?(?:(?:it|this) )?like i(?:['’]m| am) (?:five|5)|eli5",
    r"(?:(?:something|anything) )?introductory|intro$|(?:the )?prerequisites(?: (?:for|of|to))?",
    r"^(?:the )?foundations of|(?:the )?foundations of (?:that|this|it)$",
    r"(?:reading list )?for (?:someone|somebody|a person) (?:from|who|coming from)",
    r"(?:first|second)[- ]year (?:\w+ )?students?|undergrad(?:uate)?s?",
    r"(?<!reason )(?<!reasoning )(?<!think )(?<!thinking )step by step|one after the other|(?:reading )?sequence of papers(?: (?:for|on))?",
    r"(?:just |recently |freshly )?(?:joined|started (?:in|at|with)) (?:the|a|our|this) "
    r"(?:group|lab|team|project)",
)

# Two sides of more words than this are one topic ("offloading to CPU memory or SSD"), unless they
# are names.
_SHORT_SIDE = 2

_FOR = r"(?: (?:for|in(?! (?:a|the|terms)\b)|in terms of|when it comes to|regarding|concerning|with respect to) (?P<topic>.+))?"
_USE = (
    r"(?:(?:should (?:i|we) (?:use|take|pick|choose|prefer)|(?:which|what) (?:one )?is better"
    r"|better)[,:]? )?"
)
_VS = r"(?:vs\.?|versus)"
_COMPARE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
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
]
_OR = re.compile(
    rf"^{_USE}(?P<a>(?:\S+ ){{0,3}}\S+?),? or (?P<b>(?:\S+ ?){{1,3}}?){_FOR}$", re.IGNORECASE
)


# "never touched quantization before", "transformers from scratch"
_LEARNT = re.compile(r",? (?:from scratch|before|and|but)$", re.IGNORECASE)

# "one small GPU: PowerInfer or FlexGen?"
_ONE_OF = re.compile(r"^(?P<topic>[^:]+): ?(?P<a>[^,]+?),? or (?P<b>[^,]+)$", re.IGNORECASE)


def read_path(query: Query, text: str, spoken_of: SpokenOf) -> tuple[Query, str]:
    """Read a newcomer's question; its topic stands between the signs of one, or around them.

    Of several clauses there, some speak of the one who asks: the topic is the one that speaks most
    of the field.
    """
    signs = list(_PATH.finditer(text))
    if not signs:
        return query, text
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    between = [text[a:b].strip(" ,.;:?!–—-") for a, b in zip(starts, ends, strict=True)]
    clauses = [_LEARNT.sub("", strip_phrasing(clause)) for clause in between if said_words(clause)]
    topic = clauses[0] if clauses else text
    if len(clauses) > 1:
        topic = max(zip(spoken_of(clauses), clauses, strict=True))[1]
    return replace(query, intent="path"), topic


def read_sides(
    query: Query, text: str, is_name: Callable[[str], bool], *, bare: bool
) -> tuple[Query, str]:
    """Read a comparison; the text left is what the sides are compared for, often nothing.

    ``bare`` tells that no phrasing stands before it: "anything on A or B" is a search, "A or B"
    is not.
    """
    for pattern in (*_COMPARE, *([_OR, _ONE_OF] if bare else [])):
        if match := pattern.match(text):
            sides = tuple(strip_phrasing(match[side]) for side in ("a", "b"))
            longest = {_OR: _SHORT_SIDE, _ONE_OF: 0}.get(pattern, len(text))
            if all(side and (len(side.split()) <= longest or is_name(side)) for side in sides):
                topic = strip_phrasing(match.groupdict().get("topic") or "")
                return replace(query, intent="compare", sides=sides), topic
    return query, text
