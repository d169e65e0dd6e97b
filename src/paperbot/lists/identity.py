"""Which entries are one work: identifiers, then titles alike enough, with guards.

An entry's keys are made once, when its list is read: ``arxiv:…``, ``doi:…`` and the like from
its links, ``t:…`` from its title and ``c:…`` from the title without its nickname.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from operator import ne

from rapidfuzz.distance import DamerauLevenshtein

from paperbot.lists.draft import nickname
from paperbot.lists.links import identifier
from paperbot.lists.text import fold, key
from paperbot.paper import Link

CORE_WORDS = 4
"""Words that a title must have besides its nickname to name the work alone: "GPT3: Language Models
are Few-Shot Learners" has five; "BERT: a Survey" has not."""


def title_key(title: str) -> str:
    """Letters and digits of a title: the same for every way of writing it."""
    return key(title)


def keys_of(title: str, links: tuple[Link, ...]) -> tuple[str, ...]:
    """The identity keys of an entry: identifiers in the order of links, then title, then core."""
    keys: list[str] = []
    for link in links:
        if link.role in ("paper", "pdf", "other", "project", "blog"):
            name = identifier(link.url)
            if name is not None and name not in keys:
                keys.append(name)
    keys.append("t:" + (title_key(title) or fold(title)))
    if core := core_of(title):
        keys.append("c:" + title_key(core))
    return tuple(keys)


def core_of(title: str) -> str | None:
    """The title without its nickname, where it has one and the rest names the work alone."""
    name = nickname(title)
    core = title[len(name) :].lstrip(" :") if name else ""
    return core if len(core.split()) >= CORE_WORDS else None


_SEQUEL = re.compile(
    r"\d+(?:\.\d+)*|\b(?:ii|iii|iv|vi|vii|viii|ix)\b|\bv\d\b|\b(?:part|volume|chapter) \w+"
    r"|\b(?:errat\w+|corrigend\w+|correction|reply|comment|response|rebuttal|revisited|retracted"
    r"|addendum|supplement\w*|extended|demo|poster|tutorial|plus|pro|lite|turbo)\b|\+"
)
_NEGATIONS = ("un", "non", "in", "im", "dis", "anti", "a", "de", "re", "sub", "super", "semi",
              "self",
              "multi", "bi", "inter", "intra", "pre", "post", "over", "under", "hyper", "co",
              "micro",
              "mono", "poly", "homo", "hetero", "macro")  # fmt: skip
_WORD = re.compile(r"[^\W_]+")
_SMALL = {"a", "an", "the", "of", "for", "in", "on", "and", "to", "with", "by", "via", "from", "at"}


def sequel_marks(title: str) -> tuple[str, ...]:
    """What tells a work from its sequel: numbers, "II", "v2", "erratum", "revisited"."""
    return tuple(sorted(_SEQUEL.findall(fold(title))))


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ only by misspelling or small words, and not by meaning."""
    # Nearly all pairs differ in their words; their sequel marks cost more to find.
    return _same_words(_tokens(one), _tokens(other)) and sequel_marks(one) == sequel_marks(other)


def _same_words(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if len(first) != len(second):
        joined = "".join(first), "".join(second)
        return len(joined[0]) >= 24 and DamerauLevenshtein.distance(*joined, score_cutoff=2) <= 1
    if sum(map(len, first)) < 16:
        return first == second
    if sum(map(ne, first, second)) > 2:
        return False
    return all(a == b or _misspelt(a, b) for a, b in zip(first, second, strict=True))


# A title is compared with several that stand near it, one after another.
@lru_cache(maxsize=256)
def _tokens(title: str) -> tuple[str, ...]:
    words: list[str] = _WORD.findall(fold(title))
    return tuple([word for word in words if word not in _SMALL])


def _misspelt(one: str, other: str) -> bool:
    """One slip in a word of five letters, two in a word of nine; a prefix is no slip."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4 or any(long == prefix + short for prefix in _NEGATIONS):
        return False
    allowed = 1 if len(long) < 9 else 2
    if short[0] != long[0] and short[1:2] != long[1:2]:
        return False
    return DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed


def paper_id(keys: list[str]) -> str:
    """The id of a work from the keys of all its mentions: arXiv, then DOI, then its title.

    The same for any order of mentions; rewording a title changes it only where no mention has
    an identifier.
    """
    if len(keys) == 1:  # most works: one mention, no identifier
        name = keys[0][2:]
    else:
        for scheme in ("arxiv:", "doi:"):
            names = [k for k in keys if k.startswith(scheme)]
            if names:
                return min(names)
        bare = [k[2:] for k in keys if k.startswith("t:")]
        cores = [k[2:] for k in keys if k.startswith("c:")] or bare
        core = min((title for title in cores if title in bare), default=None)
        name = core or min(bare, key=lambda title: (len(title), title))
    digest = hashlib.sha256(name.encode()).hexdigest()[:8]
    return f"title:{name[:40]}-{digest}"
