"""Newcomers' questions: known by many signs, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from paperbot.search.answer import Query
from paperbot.search.phrasing import said_words, strip_phrasing
from paperbot.search.rules import LACKED

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
    r"entry[- ]level(?: (?:papers?|reading))|(?:background|introductory) (?:reading|papers?)"
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
    r"(?:reading list )?for (?:someone|somebody|a person) (?:from|who|coming from)"
    r"(?: [^,.;:!?]+)?",
    r"(?:first|second)[- ]year (?:\w+ )?students?|undergrad(?:uate)?s?",
    r"(?<!reason )(?<!reasoning )(?<!think )(?<!thinking )step by step(?! reasoning| thinking)"
    r"|one after (?:the other|another)|(?:reading )?sequence(?: of papers)? (?:for|on)",
    r"(?:just |recently |freshly )?(?:joined|started (?:in|at|with)) (?:the|a|our|this) "
    r"(?:group|lab|team|project)",
    # What is easy, or comes first.
    r"(?:a )?gentle (?:entry|start|way in)(?: to)?|(?:the )?abc of|(?:get )?(?:my|our) feet wet"
    r"(?: (?:with|in))?|explain[- ]it[- ]to[- ]me(?:[- ]level)?|kick-?off reading|refresher|debut",
    r"(?:an? |the )?(?:ideal |good |easy |sensible )?(?:doorway|gateway|on-ramp|way in)(?: paper)?"
    r"(?: (?:to|for|into))?|(?:\w+ )?dummy-proof(?: explanation)?(?: of)?|appeti[sz]er(?: on)?",
    r"(?:the )?(?:big picture|lay of the land|gist|essentials|rudiments)(?: (?:of|in|on))?|101$",
    r"(?:get|have) a (?:grip|feeling|handle)(?: (?:on|for|of))?|get oriented(?: in)?|orientation on",
    r"(?:the )?(?:easiest|simplest|friendliest|softest|least technical|most (?:accessible|readable))"
    r"(?: (?:papers?|texts?|ones?))?(?: (?:on|about))?|beginner[- ]level|least background",
    r"(?:explained )?(?:simply|in (?:simple|plain) (?:terms|words))|in layman['’]?s terms|digestible",
    r"break (?:it|this) down|makes? (?:me|us) understand|(?:to )?familiari[sz]e (?:myself|ourselves)"
    r"(?: with)?|teach (?:myself|ourselves)|(?:to )?make sense of|catch up(?: on)?|introduce "
    r"(?:somebody|someone|me|us) to|(?:to )?grasp|work my way toward",
    r"(?:the )?(?:very )?first (?:contact|stop|reads?|text)|starter(?: papers?| kit)?|(?:a )?tutorial on",
    r"what comes first|before (?:anything else|touching(?: our)?)|(?:on|in) (?:day|week) one"
    r"|what opens the door|(?:essential|minimum) reading|bridge me over to|on my \w+ list",
    # Who asks.
    rf"(?:with )?(?:no|zero) (?!prior knowledge of){LACKED}(?: (?:about|of|in|on|with))?"
    rf"|without {LACKED}(?! of)(?: (?:about|in|on|with))?|(?:no|zero) ml(?=$|[,;:.!?])|for dummies",
    r"(?:(?:had|i(?:['’]ve)?) )?never (?:heard of|did)|i know nothing(?: yet)?|knows nothing",
    r"(?:have )?read nothing(?: so far)?|do(?:n['’]t| not) (?:really )?know the field"
    r"|lacks? the basics|i(?:['’]m| am) (?:lost|green|rusty|beginner(?: in)?)|not lost",
    r"(?:for )?(?:an? |the )?(?:complete )?(?:outsider|lay(?:man|person)|non-specialist|youngster)s?",
    r"(?:is )?uncharted territory|(?:is )?(?:still )?a black box to (?:me|us)|home turf|sophomores?"
    r"|(?:still )?feels? like (?:greek|witchcraft)(?: to me)?|freshm[ae]n(?: question)?|noob(?: here)?",
    r"(?:i )?(?:(?:came|come|coming|fresh|(?:have )?been away) from|(?<=i )know) [^,.;:!?]+(?=[,.;:!?])",
    r"(?:my|our) background is [^,.;:!?]+",
    r"(?:i(?:['’]d| would) like to )?(?:move into|get into)|bachelor student|student assistant",
)

# "never touched quantization before", "transformers from scratch"
_LEARNT = re.compile(
    r",? (?:from scratch|before|and|but|(?:if|as|since)(?: (?:i|we)(?: have)?)?)$", re.IGNORECASE
)

# Where one clause ends.
_CLAUSE = re.compile(r"(?<=[\w)\"”'’])[.?!;:]+[\"”]?\s+|\s+[–—-]\s+")


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
    said = [strip_phrasing(clause) for part in between for clause in _CLAUSE.split(part)]
    clauses = [_LEARNT.sub("", clause) for clause in said if said_words(clause)]
    topic = clauses[0] if clauses else text
    if len(clauses) > 1:
        topic = max(zip(spoken_of(clauses), clauses, strict=True))[1]
    return replace(query, intent="path"), topic
