"""What of a paper is embedded, what is indexed as words, and how words are told apart.

The same functions serve papers when an index is built and questions when it is asked, so the
two cannot drift apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from paperbot.paper import Note, Paper, Section, SectionPath

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n+")

_BEGINNERS = re.compile(
    r"\b(?:beginn(?:er|ing)|newcomer|new to|start(?:ing)? (?:here|with|out)|introductory)",
    re.IGNORECASE,
)

# A note is embedded in pieces of about this many words: whole notes of several ideas blur into
# one vector that is near nothing.
PIECE_WORDS = 40

# Longer notes gain nothing more: the pieces of one paper that are embedded at most.
MOST_PIECES = 64


def words(text: str) -> list[str]:
    """Split a text into its words: compatibility forms unified (``S³`` is ``s3``), no case."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def in_capitals(text: str) -> set[str]:
    """Give those words of a text (as ``words`` writes them) that have two capitals or more."""
    unified = _WORD.findall(unicodedata.normalize("NFKC", text))
    return {word.casefold() for word in unified if sum(map(str.isupper, word)) > 1}


def replace_words(text: str, others: Mapping[str, str]) -> str:
    """Put other words (as ``words`` writes them) in the place of some, all else left as it is."""
    unified = unicodedata.normalize("NFKC", text)
    return _WORD.sub(lambda word: others.get(word[0].casefold(), word[0]), unified)


def name_key(name: str) -> str:
    """Give the form under which a title or nickname is looked up."""
    return " ".join(words(name))


def title_text(paper: Paper) -> str:
    """Give what is embedded for a paper: its title with the innermost headings it stands under."""
    headings = dict.fromkeys(path[-1] for path in paper.sections if path)
    return ". ".join([paper.title, *headings])


def section_text(section: Section) -> str:
    """Give what is embedded for a section: its heading, and its introduction where it has one."""
    return ". ".join(filter(None, [section.path[-1] if section.path else "", section.introduction]))


def head_parts(paper: Paper) -> list[str]:
    """Give what a question's words are looked for in first: titles, nicknames and headings."""
    headings = (heading for path in paper.sections for heading in path[-2:])
    return [paper.title, *paper.aliases, *dict.fromkeys(headings), *paper.labels]


def head_words(paper: Paper) -> str:
    """Give a paper's head parts as one text."""
    return " · ".join(head_parts(paper))


def for_beginners(sections: Sequence[Section], paths: Iterable[SectionPath]) -> set[SectionPath]:
    """Give those of ``paths`` that stand under a heading whose introduction advises beginners."""
    advised = [s.path for s in sections if s.path and _BEGINNERS.search(s.introduction or "")]
    return {path for path in paths if any(path[: len(head)] == head for head in advised)}


def note_pieces(note: Note) -> Iterator[str]:
    """Cut a note into pieces of whole sentences, about ``PIECE_WORDS`` words each."""
    piece: list[str] = []
    for sentence in _SENTENCE_END.split(note.text):
        piece.extend(sentence.split())
        if len(piece) >= PIECE_WORDS:
            yield " ".join(piece)
            piece = []
    if piece:
        yield " ".join(piece)


def pieces(paper: Paper) -> list[str]:
    """Give what is embedded of a paper's notes, at most ``MOST_PIECES`` texts."""
    # A summary is of one thing, and short: whole it says more than its sentences do.
    every = (
        piece
        for note in paper.notes
        for piece in ((note.text,) if note.lent else note_pieces(note))
    )
    return [piece for piece, _ in zip(every, range(MOST_PIECES), strict=False)]
