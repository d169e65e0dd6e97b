"""Words of a question against words of the lists: which count, how much, and how they are spelt."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.text import words
from paperbot.indexing.wordrows import WordRows

# Words that say nothing of a topic, in questions as in titles.
STOP = frozenset(
    [
        "a",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "been",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "get",
        "had",
        "has",
        "have",
        "having",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "like",
        "make",
        "me",
        "my",
        "no",
        "nor",
        "not",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "our",
        "out",
        "over",
        "own",
        "paper",
        "papers",
        "per",
        "read",
        "reading",
        "s",
        "should",
        "so",
        "some",
        "such",
        "t",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "through",
        "to",
        "too",
        "under",
        "until",
        "up",
        "us",
        "use",
        "used",
        "using",
        "via",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "why",
        "will",
        "with",
        "within",
        "without",
        "would",
        "you",
        "your",
        "about",
        "something",
        "anything",
        "work",
        "works",
        "research",
        "good",
        "best",
        "want",
        "need",
        "please",
        "article",
        "articles",
    ]
)

# Shorter words are one slip from too many others ("bots" from "both").
SHORTEST_MISSPELT = 5

# What makes a form of a word.
_FORM = re.compile(r"(?:ing|ed|es|s|er|ers|ly)$")

# Least likeness (0 to 1, Damerau–Levenshtein, normalised) for a word to be a misspelling.
LEAST_LIKENESS = 0.75

# And for one of a word that no list holds, only the glossary: "RegNet" is not "RetNet" (.83),
# and "wordy" not "words" (.80).
LEAST_LIKENESS_UNLISTED = 0.84


# "compositional distributional models of meaning (CDM)": an abbreviation in brackets, and how many
# words of what it stands for it may leave out.
_BRACKETED = re.compile(r"\s*\(\s*([A-Za-z][A-Za-z-]{1,6}?)(?:['’]?s)?\s*\)")
SKIPPED = 3


def content_words(text: str) -> list[str]:
    """Give the words of a question that can name a topic, each once; all words if none can."""
    every = list(dict.fromkeys(words(text)))
    return [word for word in every if word not in STOP] or every


# Where one clause of a question ends and another begins.
_CLAUSE_ENDS = re.compile(
    r"[.;:?!,)]+(?=\s|$)|[()]|\s[-–—]\s|\b(?:so that|because|but|while|although|when)\b",
    re.IGNORECASE,
)


def clauses_of(asked: str) -> list[str]:
    """Give the clauses of a question that has several: "KV cache eviction, i.e. …"."""
    parts = [part.strip(" -–—,'\"") for part in _CLAUSE_ENDS.split(asked)]
    said = [part for part in parts if part]
    return said if len(said) > 1 else []


def singular(run: Sequence[str]) -> str:
    """Write a run of words so that one thing and many are the same."""
    return " ".join(word.removesuffix("s") for word in run)


def without_short_forms(asked: str) -> str:
    """Drop the abbreviations that a question spells out itself: "semantic role labeling (SRL)".

    They say nothing more, and would count as rare words of their own.
    """
    for match in reversed(list(_BRACKETED.finditer(asked))):
        letters = match[1].casefold()
        before = words(asked[: match.start()])[-len(letters) - SKIPPED :]
        initials = iter(word[0] for word in before)
        if all(letter in initials for letter in letters):  # in this order
            asked = asked[: match.start()] + asked[match.end() :]
    return asked


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a question's IDF mass each of some papers holds, 0 to 1.

    Sparck Jones (1972) for IDF; the share of the question's own mass makes it absolute, so a
    chance hit on one word of five stays small whatever the other papers hold. ``head`` counts
    title, nicknames and headings; ``total`` counts words of notes and summaries too.
    """

    head: NDArray[np.float32]
    total: NDArray[np.float32]


def idf(papers: int, having: int) -> float:
    """Give the inverse document frequency of a word; unknown words get the highest."""
    return math.log(1 + (papers + 0.5) / (having + 0.5))


def coverage(found: Sequence[WordRows], papers: int) -> Coverage:
    """Give the coverage of a question by each paper; ``found`` has one item a word."""
    head = np.zeros(papers, np.float32)
    total = np.zeros(papers, np.float32)
    counted = np.zeros(papers, np.bool_)
    mass = 0.0
    for rows in found:
        weight = idf(papers, max(len(rows.head), len(rows.note), len(rows.summary)))
        mass += weight
        head[rows.head] += weight
        if len(rows.note) or len(rows.summary):
            counted[rows.head] = True
            for more in (rows.note, rows.summary):
                total[more[~counted[more]]] += weight
                counted[more] = True
            for more in (rows.head, rows.note, rows.summary):
                counted[more] = False
    total += head
    return Coverage(head / mass, total / mass) if mass else Coverage(head, total)


def misspellable(words: Sequence[str], knows: Callable[[str], bool]) -> list[str]:
    """Give the words that may be misspelt, for the model knows neither them nor their stem."""

    def known(word: str) -> bool:  # "stashing" is a form of "stash"
        if knows(word):
            return True
        stem = _FORM.sub("", word)
        return len(stem) >= SHORTEST_MISSPELT and knows(stem)

    return [w for w in words if len(w) >= SHORTEST_MISSPELT and w.isalpha() and not known(w)]


def repair(
    misspelt: Sequence[str], beginning: Callable[[str], Mapping[str, int]]
) -> dict[str, str]:
    """Mend words by the lists' own, where one is near enough.

    ``beginning`` gives those that begin with a letter, each with how often it stands (0: in the
    glossary alone). The mended word begins with the same letter, and neither holds the other ("enlarge" is
    not "large"); among equally near words the commonest wins.
    """
    if not misspelt:
        return {}
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    mended = {}
    for word in misspelt:
        counts = beginning(word[0])
        like = process.extract(
            word,
            counts.keys(),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=LEAST_LIKENESS,
            limit=None,
        )
        near = [
            (likeness, counts[known], known)
            for known, likeness, _ in like
            if known not in STOP
            and abs(len(known) - len(word)) <= 2
            and known not in word
            and word not in known
            and (counts[known] or likeness >= LEAST_LIKENESS_UNLISTED)
        ]
        if near:
            mended[word] = max(near)[2]
    return mended
