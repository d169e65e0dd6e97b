"""What kind of answer a question wants: a reading path, papers like one, a comparison, or papers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from paperbot.search.answer import Query
from paperbot.search.phrasing import strip_phrasing

_WHO = r"(?:i|we|one|you|(?:a|some|the) (?:newcomer|beginner|newbie|new student)|someone(?: new)?)"
_BEGINNER = r"(?:(?:complete|absolute|total) )?(?:beginners?|newcomers?|newbies?|novices?|starters)"

# Signs of a newcomer. What stands behind the last of them (or else before it) is the topic.
_PATH = re.compile(
    "|".join(
        rf"(?<![\w-])(?:{pattern})(?![\w-])"
        for pattern in (
            rf"(?:where|how|what)(?: \w+)? (?:(?:do|does|should|can|could|would|to) )?(?:{_WHO} )?(?:best )?"
            r"(?:start|begin|get started|get going|get into|get up to speed)"
            r"(?: (?:reading|learning|when (?:reading|studying|learning)))?(?: (?:with|on|in|about|into|for))?",
            r"get(?:ting)? (?:up to speed|started)(?: (?:on|with|in))?",
            r"(?:i(?:'m| am)|we(?:'re| are))?(?: \w+)? ?new (?:to|in)",
            r"(?:a |an |some |good |gentle |short )*(?:introduction|intro|primer|beginner'?s? guide|crash course)"
            r" (?:to|into|for|on|about)",
            r"(?:an? )?(?:(?:learning|reading|study) (?:path|plan|order|roadmap)|roadmap|onboarding(?: (?:list|material|plan))?)"
            r"(?: (?:to|for|on|through|into|of|in|about))?",
            r"(?:an? )?path (?:to|through|into)",
            r"(?:the )?(?:basics|fundamentals) of",
            r"(?:an? |the |good )*(?:starting|entry) points?(?: (?:for|to|into|in|on))?",
            rf"(?:for |as )?(?:an? )?{_BEGINNER}(?: (?:in|to|at|with))?",
            r"(?:i )?(?:know nothing|have no (?:idea|clue)|don'?t know anything)(?: (?:about|of))?",
            r"i(?:'ve| have)? never (?:worked|done|touched|studied|read)(?: (?:with|on|about|anything(?: on| about)?))?",
            r"(?:in )?(?:which|what) order (?:should|do|can|must) \w+ (?:read|study)(?: (?:the|these|those))?"
            r"(?: papers?)?(?: (?:on|about))?",
            r"(?:what|which)(?: \w+){0,5} (?:first|to begin with|to start with)",
            r"(?:overview )?reading for someone entering",
            r"first papers? (?:to|i should|we should) read(?: (?:on|about))?",
        )
    ),
    re.IGNORECASE,
)
_LIKE = re.compile(
    r"^(?:.*?(?<![\w-]))?(?:(?:more|others?|papers?|works?|something|anything(?: else)?|stuff|articles?|ones|research|what else is there|else) )?"
    r"(?:(?:that|which) )?(?:(?:is|are|come|comes) )?(?P<how>like|similar to|close to|related to|akin to|comparable to|"
    r"in the (?:direction|spirit|style|vein|line) of|along the lines of|neighbou?rs of|kin of|alternatives? to|(?:which |that )?resembl(?:e|es|ing)|in the same (?:vein|direction|spirit|line) as|near|comparable with)\s+(?P<name>\S.*)$",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"^(?:.*?(?<![\w-]))?similar (?:papers?|works?|ones|articles?|approaches) (?:to|as) (?P<name>\S.*)$"
    r"|^(?P<other>\S+)-like (?:papers?|works?|systems?|approaches)$",
    re.IGNORECASE,
)
_LIKED = re.compile(
    r"^(?:i|we) (?:liked?|loved?|enjoyed) (?P<name>.+?)[,;.]\s*(?:.*\b(?:similar|like (?:it|that|this)|more)\b.*)$",
    re.IGNORECASE,
)
_NOT_THE_NAME = re.compile(
    r"^(?:the|this|that) (?=.*\bpapers?$)|\s*(?:[,;.!?].*|papers?|please|pls|in (?:our|the) lists?)$",
    re.IGNORECASE,
)

_FOR = r"(?: (?:for|in terms of|when it comes to|regarding|concerning|with respect to) (?P<topic>.+))?"
_USE = r"(?:(?:should (?:i|we) (?:use|take|pick|choose|prefer)|which (?:one )?is better|what is better|better)[,:]? )?"
_COMPARE = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^.*?\bdifferences? (?:between|from|of) (?P<a>.+?) (?:and|to|vs\.?|versus) (?P<b>.+?){_FOR}$",
        r"^(?:how (?:does|do|is|are) )?(?P<a>.+?) (?:compares?|compared|differs?|different|stacks? up) "
        rf"(?:with|to|from|against) (?P<b>.+?){_FOR}$",
        rf"^(?:.*\b)?compar(?:e|ison (?:of|between)|ing) (?P<a>.+?) (?:and|with|to|against|vs\.?|versus) (?P<b>.+?){_FOR}$",
        r"^(?:(?:the )?(?:pros and cons|advantages|trade-?offs?|benefits) (?:of|between) )?"
        rf"(?P<a>.+?),? (?:vs\.?|versus) (?P<b>.+?){_FOR}$",
        rf"^(?:what|which) (?:distinguishes|separates) (?P<a>.+?) from (?P<b>.+?){_FOR}$",
        rf"^(?:contrast|(?:choose|choosing|decide|deciding|trade-?off|comparison) between) (?P<a>.+?) (?:and|with|or) (?P<b>.+?){_FOR}$",
        rf"^{_USE}(?P<a>.+?) (?:instead of|rather than|against) (?P<b>.+?){_FOR}$",
        rf"^(?:do|does) (?P<a>.+?) and (?P<b>.+?) differ{_FOR}$",
        rf"^(?:what does|does) (?P<a>.+?) (?:do|work|perform|scale) better than (?P<b>.+?){_FOR}$",
        rf"^(?P<a>[^,]+?) (?:and|or) (?P<b>[^,]+?)[,:] (?:(?:what|which)(?:'s| is| are)?(?: the)? (?:better|differences?|faster|preferable)|differences?|what should (?:i|we) (?:use|take)|what to (?:use|take|choose)).*?(?P<topic>(?!))?$",
        rf"^(?:is|are) (?P<a>.+?) (?:better|faster|worse|cheaper|stronger|more \w+) than (?P<b>.+?){_FOR}$",
    )
]
_OR = re.compile(rf"^{_USE}(?P<a>(?:\S+ ){{0,3}}\S+?),? or (?P<b>(?:\S+ ?){{1,3}}?){_FOR}$", re.IGNORECASE)

# Papers "related to attention" are asked by topic, those "related to Orca" by likeness.
_VAGUE = ("close to", "related to", "near", "alternative to", "alternatives to", "in the direction of", "comparable to")


def read_path(query: Query, text: str) -> tuple[Query, str]:
    """Read a newcomer's question; its topic stands between the signs of one."""
    signs = list(_PATH.finditer(text))
    if not signs:
        return query, text
    starts = [0, *(sign.end() for sign in signs)]
    ends = [*(sign.start() for sign in signs), len(text)]
    between = [text[a:b].strip(" ,.;:?!–—") for a, b in zip(starts, ends, strict=True)]
    topic = next((said for said in reversed(between) if strip_phrasing(said) and _says(said)), "")
    return replace(query, intent="path"), strip_phrasing(topic) if topic else text


def _says(text: str) -> bool:
    from paperbot.search.phrasing import is_phrasing

    return bool(text) and not is_phrasing(text)


def read_similar(
    query: Query, text: str, is_name: Callable[[str], bool]
) -> tuple[Query, str]:
    """Read "papers like X". The vaguer ways to say so need X to be the name of a paper."""
    from paperbot.search.phrasing import is_phrasing

    match = _LIKED.match(text) or _SAME.match(text) or _LIKE.match(text)
    if match is None:
        return query, text
    groups = match.groupdict()
    name = (groups["name"] or groups["other"]).strip(" ?!.,;:")
    while (shorter := _NOT_THE_NAME.sub("", name).strip(" ?!.,;:")) != name and shorter:
        name = shorter
    how = (groups.get("how") or "like").casefold()
    before = text[: match.start("name")]
    before = before[: before.casefold().rfind(how)] if groups.get("how") else ""
    if groups.get("how") and before.strip() and not is_phrasing(before):
        return query, text  # "a model that thinks like people"
    if (how in _VAGUE or "in the" in how) and not is_name(name):
        return query, text
    return replace(query, intent="similar"), name


def read_sides(query: Query, text: str, *, stripped: bool) -> tuple[Query, str]:
    """Read a comparison; the text left is what the sides are compared for, often nothing.

    ``stripped`` tells that phrasing was taken off: "anything on A or B" is a search, "A or B" not.
    """
    for pattern in (*_COMPARE, *([] if stripped else [_OR])):
        if match := pattern.match(text):
            sides = tuple(match[side].strip(" ?,.") for side in ("a", "b"))
            if all(sides):
                return replace(query, intent="compare", sides=sides), match["topic"] or ""
    return query, text
