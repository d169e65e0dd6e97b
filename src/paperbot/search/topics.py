"""What a question is about, made ready to be matched: its words, names, spelling and vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from paperbot.indexing import text
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.names import LONGEST_RUN
from paperbot.indexing.wordrows import WordRows
from paperbot.paper import Note, Paper
from paperbot.search import weights
from paperbot.search.corpus import Corpus
from paperbot.search.words import (
    clauses_of,
    content_words,
    idf,
    misspellable,
    repair,
    singular,
    without_short_forms,
)

# A longer name is looked up as a whole question only.
LONGEST_NAME = 6

# A pasted text is compared piece by piece; so much of it is read.
MOST_TEXT = 8_000

# A name that more concepts of the glossary hold is no method's name but a word of the field.
FEW = 4

# A name of more papers is about none of them.
MOST_MEANT = 2

# The words of a pasted text that are looked up: those of its beginning.
TEXT_WORDS = 40


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of a question (a comparison has two), ready to be matched.

    ``found`` has the papers of each of ``words``; ``named`` gives papers (rows) that the question
    names, each with the share of the question its name is, 0 to 1. ``vectors`` is of shape
    (pieces, dimension), float32 of unit length, or a zero row where there is no topic.
    ``repaired`` maps misspelt words to what they were read as; ``concepts`` are those of the
    glossary (by place) that are meant for certain, ``said`` those that a clause of a longer question
    names by a term. ``like`` names the paper whose own title is among the vectors: others answer by
    being like it.
    """

    words: tuple[str, ...]
    found: tuple[WordRows, ...]
    named: dict[int, float]
    vectors: Vectors
    repaired: dict[str, str]
    concepts: tuple[int, ...] = ()
    said: tuple[int, ...] = ()
    like: str | None = None


def topics_of(corpus: Corpus, asked: Sequence[str], ruled_out: Sequence[str] = ()) -> list[Topic]:
    """Read the topics of a question; words that nobody knows are mended by the lists' own.

    All their words are looked up at once, and those of ``ruled_out`` topics, which a filter asks for.
    """
    spelt = [_Spelt.of(corpus, without_short_forms(said)) for said in asked]
    if len(spelt) > 1 or ruled_out or spelt[0].others:
        wanted = [word for one in spelt for word in one.wanted(corpus)]
        wanted += [word for said in ruled_out for word in content_words(said)]
        corpus.catalogue.look_up(wanted)
    return [_topic_of(corpus, one) for one in spelt]


@dataclass(frozen=True, slots=True)
class _Spelt:
    """One topic as it is spelt, and how words of it that the model does not know may be meant."""

    asked: str
    others: dict[str, str]

    @classmethod
    def of(cls, corpus: Corpus, asked: str) -> _Spelt:
        odd = misspellable(content_words(asked), lambda word: corpus.encoder().knows(word))
        known = corpus.catalogue.vocabulary
        return cls(asked, repair([word for word in odd if word not in known], known.beginning))

    def wanted(self, corpus: Corpus) -> list[str]:
        """Give the words that are looked up, whether or not the topic is mended."""
        mended = text.replace_words(self.asked, self.others) if self.others else self.asked
        return [
            word
            for said in dict.fromkeys((self.asked, mended))
            for words in [content_words(said)]
            for word in _every_form(words, _other_forms(corpus, said, words))
        ]


def _topic_of(corpus: Corpus, spelt: _Spelt) -> Topic:
    asked = spelt.asked
    words = content_words(asked)
    found, named = _look_up(corpus, asked, words)
    in_a_name = {word for name in named for word in name.split()}
    repaired = {
        word: spelt.others[word]
        for word, rows in zip(words, found, strict=True)
        if word in spelt.others and not rows.known and word not in in_a_name
    }
    if repaired:
        asked = text.replace_words(asked, repaired)
        words = content_words(asked)
        found, named = _look_up(corpus, asked, words)
    # A question without a topic ("starred papers") is near to nothing.
    nowhere = np.zeros((1, corpus.vectors.dimension), np.float32)
    topic = Topic(
        tuple(words),
        tuple(found),
        _named(asked, named, words, found, len(corpus.catalogue)),
        corpus.embed([asked]) if words else nowhere,
        repaired,
        # "AdaLoRA": a question that is nothing but a method's name, though no list holds it.
        () if named else tuple(corpus.concepts_of_term.get(text.name_key(asked), ())),
        _said(corpus, asked),
    )
    return _with_kin(corpus, topic)


def _said(corpus: Corpus, asked: str) -> tuple[int, ...]:
    """Give the concepts whose term is most of a clause, however much else the question says."""
    found: dict[int, None] = {}
    for clause in clauses_of(asked):
        every, least = text.words(clause), weights.CLAUSE_SHARE * len(content_words(clause))
        runs = (
            every[at : at + size]
            for size in range(min(LONGEST_NAME, len(every)), 1, -1)
            for at in range(len(every) - size + 1)
        )
        for run in runs:
            meant = corpus.concepts_said.get(singular(run), ())
            if 0 < len(meant) <= FEW and len(content_words(" ".join(run))) >= least:
                found |= dict.fromkeys(meant)
                break
    return tuple(found)


def _with_kin(corpus: Corpus, topic: Topic) -> Topic:
    """Let what is like a paper follow it where a question is little more than the paper's name.

    The name itself ("Punica") is near to nothing; the title says what the paper is about.
    """
    meant = [row for row, share in topic.named.items() if share > weights.MOSTLY_NAMED]
    if not 0 < len(meant) <= MOST_MEANT:
        return topic
    papers = corpus.catalogue.papers(meant)
    names = [text.name_key(alias) for paper in papers for alias in paper.aliases]
    return replace(
        topic,
        vectors=np.concatenate([corpus.vectors.take(np.array(meant)), topic.vectors]),
        concepts=tuple(dict.fromkeys((*topic.concepts, *_concepts_of(corpus, names)))),
        like=short_name(papers[0]),
    )


def short_name(paper: Paper) -> str:
    """Give what people call a paper: its nickname, or else its title as far as the colon."""
    return paper.aliases[0] if paper.aliases else paper.title.partition(":")[0]


def topic_of_text(corpus: Corpus, pasted: str) -> Topic:
    """Take a pasted text in pieces: each paper is compared with the piece it is nearest to."""
    cut = pasted[:MOST_TEXT]
    pieces = list(text.note_pieces(Note(cut, "", 0))) or [cut]
    words = content_words(pieces[0])[:TEXT_WORDS]
    found = corpus.catalogue.look_up(words)
    # "papers like Medusa": the glossary may know a method that no list holds.
    is_name = len(words) <= LONGEST_NAME and len(pieces) == 1
    concepts = _concepts_of(corpus, words) if is_name else ()
    return Topic(tuple(words), tuple(found), {}, corpus.embed(pieces), {}, concepts)


def topic_of_paper(corpus: Corpus, paper: Paper) -> Topic:
    """Take a paper as what others are to be like: its title, and the concepts of its nicknames."""
    topic = topic_of_text(corpus, text.title_text(paper))
    names = [text.name_key(alias) for alias in paper.aliases]
    return replace(topic, concepts=_concepts_of(corpus, names), like=short_name(paper))


def _concepts_of(corpus: Corpus, names: Sequence[str]) -> tuple[int, ...]:
    """Give the concepts of these names; one that many concepts hold is no name."""
    held = (
        corpus.concepts_of_term.get(name) or corpus.concepts_of_word.get(name, []) for name in names
    )
    return tuple(dict.fromkeys(c for concepts in held if len(concepts) <= FEW for c in concepts))


def _look_up(
    corpus: Corpus, asked: str, words: Sequence[str]
) -> tuple[list[WordRows], dict[str, list[int]]]:
    """Look up words and, as names, each run of up to ``LONGEST_NAME`` words, also run together."""
    every = text.words(asked)
    runs = [
        every[start:end]
        for start in range(len(every))
        for end in range(start + 1, min(start + LONGEST_NAME, len(every)) + 1)
    ]
    spaced = [" ".join(run) for run in [every, *runs]]
    names = {run: run for run in spaced}
    names |= {run.replace(" ", ""): run for run in spaced if len(run) <= LONGEST_RUN}
    other = _other_forms(corpus, asked, words)
    wanted = _every_form(words, other)
    rows = dict(zip(wanted, corpus.catalogue.look_up(wanted), strict=True))
    hits = corpus.catalogue.names.find([*names])
    named = {names.get(name, name): rows for name, rows in hits.items()}
    for word in set(words) & set(named):  # "megatronlm" stands in no title, but is one's name
        rows[word] = rows[word].with_papers(named[word])
    capitals = text.in_capitals(asked)
    for word in words:
        held = len(rows[word].head) or len(rows[word].note)
        if word in capitals and not held and (row := rows[word].initials) is not None:
            named[word] = [row]
            rows[word] = rows[word].with_papers([row])
    return [
        rows[word].joined([rows[w] for w in other[word]]) if word in other else rows[word]
        for word in words
    ], named


def _other_forms(corpus: Corpus, asked: str, words: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Give, for words that the glossary abbreviates or spells out, the words of the other form.

    "moe" is found where "mixture" and "experts" both stand, and each of these where "moe" does.
    """
    other: dict[str, tuple[str, ...]] = {}
    said = f" {text.name_key(asked)} "
    for word in words:
        for form in (word, word.removesuffix("s")):
            if form in corpus.abbreviations:
                other[word] = tuple(content_words(corpus.abbreviations[form]))
        for key in corpus.spelt_out.get(word, ()):
            full = corpus.abbreviations[key]
            if key not in words and f" {full} " in said:
                other |= {one: (key,) for one in content_words(full) if one in words}
    return other


def _every_form(words: Sequence[str], other: Mapping[str, Sequence[str]]) -> list[str]:
    """Give words and those of their other forms, each once."""
    return [*dict.fromkeys([*words, *(word for forms in other.values() for word in forms)])]


def _named(
    asked: str,
    named: dict[str, list[int]],
    words: Sequence[str],
    found: Sequence[WordRows],
    papers: int,
) -> dict[int, float]:
    """Give the papers that a question names, each with the share of the question its name is.

    "Transformer" is all of one question and little of "transformer toy robots"; "the TPA paper" is
    asked for, whatever else is said of it.
    """
    mass = {w: idf(papers, len(rows.head)) for w, rows in zip(words, found, strict=True)}
    total = sum(mass.values()) or 1.0
    shares: dict[int, float] = {}
    said = f" {text.name_key(asked)} "
    for name, rows in named.items():
        share = (
            1.0
            if f" {name} paper " in said
            else min(1.0, sum(mass.get(word, 0.0) for word in set(name.split())) / total)
        )
        for row in rows:
            shares[row] = max(share, shares.get(row, 0.0))
    return shares
