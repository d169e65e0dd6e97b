"""What in a question only asks, and says nothing of its topic: taken off both ends."""

from __future__ import annotations

import re

# Stands where a filter was taken out of a question; what asked for it is phrasing too.
GAP = "¦"

# Words that people ask with. A run of them at the beginning is phrasing if it ends as asking does.
_ASKING = frozenset(
    """
    hey hi hello yo ok okay so well good morning evening afternoon please pls thanks thank thx sorry
    quick q question if but and this was asked already before again
    can could would will may might must shall should do does did has have had having is are am be
    been was were was i i'm i'd i've we we're we'd we've you your u my our us me he she him her one
    someone somebody anyone anybody everyone people folks student students colleague supervisor
    what what's whats which which's who how where's there there's here that that's these those it
    point give show list tell send recommend suggest find help get got name know need want wants like
    love looking look looked searching search interested curious trying try explain explains explaining
    cover covers covering discuss discusses treat treats treating deal deals dealing talk talks
    talking describe describes describing concern concerning write written wrote cite read reads reading
    readings learn learning understand understanding study studying dig into in on about regarding
    around for of to with at from up out through related
    a an the any some something anything everything stuff all few other more much most else next
    tonight tonight's today today's now best better decent nice great solid useful relevant interesting
    important key worth kindly wondering wonder chance possible suggestions suggestion
    thoughts hints hint tips tip advice ideas idea favorite favorites favourite
    favourites go-to must-read must-reads background info information informations insight insights
    details source sources links content coverage prior existing available known knows heard seen saw
    remember recall called weekend evening's train commute coffee lunch club journal seminar week
    weekly meeting prepare preparing prep presenting writing section related-work master's phd project
    currently right actually really maybe perhaps kind sort bit little lot lots bunch handful every
    each both still also too either exist exists address addresses tackle tackles handle handles
    investigate investigates studies propose proposes introduce introduces present presents theme
    fine great first second today tomorrow tonight bro man guys team dear everyone anybody else
    published appeared written released available interests interest does'nt doesn't don't let let's
    myself yourself according basically simply just recommendable asap refs ref sth smth colleagues dear advance prefer inform came come monday tuesday wednesday thursday friday add added enjoyed sir prof professor grateful mentioned told yesterday tmrw regards cheers paperbot re totally stuck confused miss missing related publish pick hold lovely appreciated helpful lab lab's interns gave whats hows wheres got gimme wanna
    yes only no matter time ask asks asking how old where when latest
    paper papers article articles literature reference references work works research publication
    publications material resources pointer pointers topic topics subject area things thing hits results
    result list lists gives thesis presentation group intro master starting
    """.split()
)

# What asking ends with, before the topic begins. "question answering" and "reading comprehension"
# begin with words of asking too, and are topics.
_CONNECTORS = frozenset(
    """
    on about regarding around for of to with into in at concerning that which me us
    explain explains explaining cover covers covering discuss discusses treat treats treating
    describe describes describing learn understand study studying know want need people folks
    inform out re mentioned told address addresses tackle tackles handle handles investigate investigates propose proposes
    introduce introduces present presents topic theme
    """.split()
)
# What follows these is the topic, though it be a word of asking: "recommend on recommendation".
_BEFORE_A_TOPIC = frozenset({"on", "about", "regarding", "concerning"})

# A run of asking words at the end is phrasing if it begins with one of these.
_TAILS = frozenset(
    """
    please pls thanks thank thx asap paper papers article articles publication publications literature
    references that which worth should any anyone anybody somebody someone would ¦
    """.split()
)
_WHOSE = frozenset({"my", "our", "me", "us", "the", "a"})  # "for my group meeting"
_TOPIC_ENDS = re.compile(
    r"(?:[\s,]+(?:reading list|to read|for me|in (?:the|our|my) lists?|in general"
    r"|(?:until|till|by|before) (?:tomorrow|tonight|(?:next|this) (?:week|month)|the weekend"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)))+$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\s,:;?!]+|[:;?!,]+")
_TAIL = re.compile(r"^(.*\S)\s*[,;?!.–—]+\s*([^,;?!]+)$", re.DOTALL)
_EDGES = f" ?!.,;:–—'\"“”‘’{GAP}"


def strip_phrasing(text: str) -> str:
    """Take the phrasing off both ends, unless nothing but phrasing would be left."""
    while True:
        shorter = _cut_tail(_TOPIC_ENDS.sub("", text.strip(_EDGES)))
        shorter = shorter[: _closing(shorter)].strip(_EDGES)
        shorter = shorter[_opening(shorter) :].strip(_EDGES)
        if shorter == text or not shorter:
            return text
        text = shorter


def is_phrasing(text: str) -> bool:
    """Tell whether a text asks and names no topic."""
    return not said_words(text)


def said_words(text: str) -> int:
    """Count the words of a text that are none of asking: those that may name a topic."""
    return sum(word not in _ASKING and word[0].isalnum() for word in _words(text))


def _words(text: str) -> list[str]:
    return [token.casefold().replace("’", "'") for token in _TOKEN.findall(text)]


def _opening(text: str) -> int:
    """Give where the topic begins: behind the last end of asking in the run of asking words."""
    cut = 0
    tokens = list(_TOKEN.finditer(text))
    for at, token in enumerate(tokens):
        word = token[0].casefold().replace("’", "'")
        if not word[0].isalnum():
            if (
                ":" in word
                or "!" in word
                or word == GAP
                or (at and at + 1 < len(tokens) and cut == 0 and at <= 2)
            ):
                cut = token.end()  # "papers please: …", "hey, …"
            continue
        if word not in _ASKING:
            break
        if word in _CONNECTORS:
            cut = token.end()
        if word in _BEFORE_A_TOPIC:
            break
    else:
        return 0
    return cut


def _closing(text: str) -> int:
    """Give where the topic ends: before the first tail of the run of asking words at the end."""
    cut = len(text)
    tokens = list(_TOKEN.finditer(text))
    after = ""
    for token in reversed(tokens[1:]):
        word = token[0].casefold().replace("’", "'")
        if word[0].isalnum() and word not in _ASKING:
            break
        if word in _TAILS or (word == "for" and after in _WHOSE):
            cut = token.start()
        after = word
    return cut


def _cut_tail(text: str) -> str:
    """Drop clauses at the end that only ask: "…, what should I read?"."""
    while (match := _TAIL.match(text)) and is_phrasing(match[2]):
        text = match[1].rstrip(_EDGES)
    return text
