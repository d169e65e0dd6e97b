"""Questions for papers like one: "more like Orca", "I liked Medusa, what next?"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from paperbot.indexing.text import words
from paperbot.search.answer import Query
from paperbot.search.phrasing import is_phrasing, said_words
from paperbot.search.rules import compiled
from paperbot.search.words import STOP

_EDGES = " ?!.,;:'\"“”‘’"


@dataclass(frozen=True, slots=True)
class NamedPaper:
    """A paper that a text names: by which name it is found, the run of words in the text that is that
    name, and all words of the paper's head.

    ``whole`` tells that the run is a name and not just how the title begins.
    """

    name: str
    run: str
    words: frozenset[str]
    whole: bool = True


NameIn = Callable[[tuple[str, ...]], NamedPaper | None]
"""Finds, among the words of a text, the longest name that one paper alone goes by."""

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
_LIKE = (
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
_NOT_THE_NAME = (
    r"^(?:the|this|that) (?=.*\bpapers?$)"
    r"|\s*(?:[,;.!?].*|papers?|please|pls|in (?:our|the) lists?)$"
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
    follow ups builds build built upon beyond line lines same along flavour flavor sort kind ilk
    another equivalents equivalent variants variant adjacent nearest closest analogous counterparts
    neighbourhood neighborhood besides common subject goal problem family improves improving type
    friends companion companions alongside lookalikes lookalike continuations continuation mould
    overlapping deeper onwards
    """.split()
)
_READ = frozenset(
    """
    read reading finished finish liked like enjoyed enjoy loved love after through done useful
    impressed impressive great fun helpful interesting good digested looks cool nice presenting
    """.split()
)
_NEXT = frozenset(
    """
    next else other others more further now then follows come comes continue whats another too newer
    going onwards
    """.split()
)

_CONTRACTED = frozenset("s d m ll re ve t up".split())
_MORE = frozenset("next else other others more further another".split())

# The name's place in a text as words, and what says right beside it that others are wanted.
_NAME = "§"
_BESIDE = (
    r"(?:siblings?|relatives?|cousins?|kin|neighbou?rs|neighbou?rhood|vicinity|descendants?|heirs?"
    r"|successors?|rivals?|competitors?|competition|variants?|equivalents?|alternatives?|ilk|likes"
    r"|counterparts?|follow ?ups?|sequels?|spirit|style|vein|flavou?r|footsteps|line|continuations?"
    r"|companions?|mould|approach|top) (?:of|to|for|from|with) (?:the )?§"
    r"|(?:similar|closest?|near(?:est)?|adjacent|akin|comparable|related|parallel|equivalent"
    r"|analogous|complementary|resembl\w+|next|such as|simmilar|similiar) (?:to |with )?(?:the )?§"
    r"|same (?:\w+ ){1,2}(?:as|like) (?:the )?§"
    r"|(?:competes?|competing|sits? well|goes? well|go|pairs?(?: well)?|on a par|in common"
    r"|overlap\w*(?: most)?) with (?:the )?§"
    r"|(?:alongside|based on|follow(?:s|ed)?(?: up)? on|deeper from|section (?:on|around)) (?:the )?§"
    r"|(?:papers?|works?|ones?|others?|more|else|anything|something|stuff|another) (?:\w+ )?"
    r"(?:like|besides|beyond|after|around|resembling|that remind \w+ of|improving on|building on"
    r"|extending|succeeding|other than|than) (?:the )?§"
    r"|(?:read|came|comes|do|go|look at|turn to) (?:next )?after (?:the )?§"
    r"|besides (?:the )?§"
    r"|(?:its|their) (?:\w+ )?(?:relatives|siblings|successors|follow ?ups|rivals|competitors"
    r"|alternatives|neighbou?rs|variants|equivalents|descendants|counterparts)\b"
    r"|(?:remind\w* \w+ of|improv\w+ (?:on|upon)|succeeds?|supersed\w+) (?:the )?§"
    r"|§(?: s)? (?:equivalents?|variants?|siblings?|alternatives?|follow ?ups?|relatives|successors?"
    r"|rivals?|competitors?|neighbou?rs|lookalikes|and friends)"
    r"|§ (?:\w+ ){0,5}(?:rivals?|siblings?|relatives|competitors?|lookalikes|equivalents?)\b"
    r"|(?:problem|way|direction|what|thing|question|bottleneck|issue) (?:that )?§ (?:(?:is|was) )?"
    r"(?:does|do|tackl|went|goes|solv|address|attack|took|pursue)\w*"
)
# "systems related to Orca with offloading" are of a topic.
_NARROWED = r"§ (?:with|for|but|without|in|using) "

# "It works like a coach trip" describes a need.
_DOES = r"\b(?:it|this|that|everything|how) works like\b"

# A text without any of these asks for no likeness: no name is looked for, no pattern compiled.
_HINTS = (
    _LIKENESS
    | _READ
    | _NEXT
    | frozenset(
        """
        vicinity heirs competition ilk likes sequels footsteps complementary simmilar similiar
        compete competes sit sits go goes pairs overlap overlaps improving extending succeeding
        around based followed follows section bottleneck issue approach supersedes remind reminds
        tackles attacks solves solving addresses went
        """.split()
    )
)


def _says_beside(rest: str) -> bool:
    return bool(compiled(_BESIDE).search(rest)) and not compiled(_NARROWED).search(rest)


def read_similar(
    query: Query, text: str, is_name: Callable[[str], bool], name_in: NameIn
) -> tuple[Query, str]:
    """Read "papers like X". The vaguer ways to say so need X to be the name of a paper."""
    if named := read_likeness(text, name_in):
        return replace(query, intent="similar"), named
    if _HINTS.isdisjoint(words(text)) or compiled(_DOES).search(text):
        return query, text
    match = next(filter(None, (compiled(pattern).match(text) for pattern in _LIKE)), None)
    if match is None:
        return query, text
    name = match["name"].strip(_EDGES)
    while (shorter := compiled(_NOT_THE_NAME).sub("", name).strip(_EDGES)) != name and shorter:
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


def read_likeness(text: str, name_in: NameIn, *, alone: bool = False) -> str | None:
    """Give the name of the paper that a text names and wants the like of.

    It does where it says nothing else than some word of likeness, and, unless that must stand
    ``alone``, where it says so right beside the name.
    """
    every = tuple(words(text))
    said = set(every)
    if not said & _HINTS:
        return None
    named = name_in(every)
    if named is None:
        return None
    if " more about " in f" {' '.join(every)} ":  # about the paper itself
        return None
    rest = f" {' '.join(every)} ".replace(f" {named.run} ", f" {_NAME} ", 1)
    if named.whole and not alone and _says_beside(rest):
        return named.name
    small = _LIKENESS | _READ | _NEXT | _CONTRACTED | STOP
    other = {word for word in rest.split() if word not in named.words | small}
    asks = said - set(named.run.split())
    wants = (
        asks & (_LIKENESS - {"like"})
        or (named.whole and asks & _MORE)
        or (asks & _READ and asks & _NEXT)
    )
    return named.name if wants and not said_words(" ".join(other - {_NAME})) else None
