"""Writes the catalogue of a generation, whole or as changes to a copy of the one before.

Each paper has a number of its own in the file, which it keeps from one generation to the next;
the column ``number`` tells which one stands in which row. So a paper that did not change is not
written again, although its row may be another.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing import text
from paperbot.indexing.held import Pairs
from paperbot.indexing.names import LONGEST_RUN, Names
from paperbot.indexing.nicknames import Nicknamed
from paperbot.indexing.records import KINDS, paper_from_json, paper_to_json, section_to_json
from paperbot.indexing.vocabulary import Vocabulary, spellable
from paperbot.lists.identity import core_of
from paperbot.lists.values import Reading
from paperbot.paper import Paper

_TABLES = """
CREATE TABLE papers (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE origins (lines TEXT NOT NULL);
CREATE TABLE sections (row INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE names (
    name TEXT, number INTEGER, curated INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE TABLE initials (
    letters TEXT, number INTEGER, PRIMARY KEY (letters, number)
) WITHOUT ROWID;
CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY, papers INTEGER NOT NULL DEFAULT 0, term INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE columns (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, data BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    head, note, summary, content = '', detail = full, tokenize = 'porter unicode61'
);
CREATE VIRTUAL TABLE spoken USING fts5 (text, content = '', tokenize = 'porter unicode61');
"""

# Initials are of so many words at least; those of a name's beginning of no more than so many.
LEAST_INITIALS, MOST_INITIALS = 3, 6

# What is small, or joined of all papers, is written anew each time.
_EMPTIED = """
DELETE FROM origins; DELETE FROM sections; DELETE FROM columns;
INSERT INTO spoken (spoken) VALUES ('delete-all');
DELETE FROM names WHERE curated;
"""

# What the lists themselves call by a name is meant by it.
_NICKNAME = """
INSERT OR IGNORE INTO names
SELECT :name, number, 1 FROM (
    SELECT number FROM papers WHERE id = 'arxiv:' || :arxiv
    UNION SELECT number FROM names WHERE name = :title AND NOT curated
    AND NOT EXISTS (SELECT 1 FROM papers WHERE id = 'arxiv:' || :arxiv)
) WHERE NOT EXISTS (SELECT 1 FROM names WHERE name = :name AND NOT curated)
"""


@dataclass(frozen=True, slots=True)
class Content:
    """All that a catalogue holds.

    ``origins`` has one line a paper, in the order of the rows: what it was made from. ``kept``
    gives the number that it has in the catalogue before, −1 where it is new or changed, ``gone``
    the numbers of the papers to be taken out. ``owners`` tells the
    paper (row) of each note vector. ``spoken`` are the texts of the glossary: words that people
    of the field use; ``held`` pairs its terms with the papers (rows) that hold them.
    ``nicknamed`` are names that are not the lists' own; ``terms`` are the glossary's, or ``None``
    where they are those of the catalogue before.
    """

    reading: Reading
    origins: Sequence[str]
    kept: NDArray[np.int32]
    gone: NDArray[np.int32]
    owners: Sequence[int]
    spoken: Sequence[str]
    held: Pairs
    nicknamed: Sequence[Nicknamed]
    terms: Sequence[str] | None


def write_catalogue(path: Path, content: Content) -> None:
    """Bring the catalogue at ``path`` to this content; without a file there, write it whole."""
    begun = path.exists()
    db = sqlite3.connect(path, isolation_level=None)
    try:
        # The folder is not in use before it is whole: a crash loses nothing but this file.
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        db.executescript(_EMPTIED if begun else _TABLES)
        db.execute("BEGIN")
        numbers = _write_papers(db, content)
        db.execute("INSERT INTO origins VALUES (?)", ("\n".join(content.origins),))
        db.executemany(
            "INSERT INTO sections VALUES (?, ?)",
            enumerate(map(section_to_json, content.reading.sections)),
        )
        db.executemany("INSERT INTO spoken (text) VALUES (?)", ((t,) for t in content.spoken))
        db.executemany(_NICKNAME, _nicknames(content.nicknamed))
        row_of = dict(zip(numbers.tolist(), range(len(numbers)), strict=True))
        called = db.execute("SELECT name, number, curated FROM names ORDER BY name")
        names = Names.of((name, row_of[number], curated) for name, number, curated in called)
        _write_terms(db, content.terms)
        counted = db.execute("SELECT word, papers FROM vocabulary ORDER BY word")
        vocabulary = Vocabulary.of(counted.fetchall())
        columns: dict[str, NDArray[np.generic]] = {
            "number": numbers,
            **_columns(content),
            **names.names.columns("name"),
            "name_row": names.row,
            "name_curated": names.curated,
            "name_mark": names.mark,
            **vocabulary.words.columns("word"),
            "word_papers": vocabulary.papers,
        }
        db.executemany(
            "INSERT INTO columns VALUES (?, ?, ?)",
            ((name, array.dtype.str, array.tobytes()) for name, array in columns.items()),
        )
        db.execute("COMMIT")
    finally:
        db.close()


def _write_papers(db: sqlite3.Connection, content: Content) -> NDArray[np.int32]:
    """Take out the papers that are gone, put in those that are new; give all their numbers."""
    numbers = content.kept.copy()
    fresh = np.flatnonzero(numbers < 0)
    # Numbers that are free again come first, so that they never grow beyond the papers there were.
    highest = int(max(numbers.max(initial=-1), content.gone.max(initial=-1)))
    free = [*content.gone.tolist(), *range(highest + 1, highest + 1 + len(fresh))]
    numbers[fresh] = free[: len(fresh)]
    new = {int(numbers[row]): content.reading.papers[row] for row in fresh}
    gone = {number: _paper_at(db, number) for number in content.gone.tolist()}
    _remove(db, gone)
    _insert(db, new)
    words = Counter(_spellable(new.values()))
    words.subtract(_spellable(gone.values()))
    db.executemany(
        "INSERT INTO vocabulary (word, papers) VALUES (?, ?) "
        "ON CONFLICT (word) DO UPDATE SET papers = papers + excluded.papers",
        ((word, change) for word, change in words.items() if change),
    )
    return numbers


def _write_terms(db: sqlite3.Connection, terms: Sequence[str] | None) -> None:
    """Note which words the glossary has, if it is another; drop those that nobody has any more."""
    if terms is not None:
        db.execute("UPDATE vocabulary SET term = 0 WHERE term")
        db.executemany(
            "INSERT INTO vocabulary (word, term) VALUES (?, 1) "
            "ON CONFLICT (word) DO UPDATE SET term = 1",
            ((word,) for word in {w for term in terms for w in text.words(term) if spellable(w)}),
        )
    db.execute("DELETE FROM vocabulary WHERE papers = 0 AND NOT term")


def _paper_at(db: sqlite3.Connection, number: int) -> Paper:
    (body,) = db.execute("SELECT body FROM papers WHERE number = ?", (number,)).fetchone()
    return paper_from_json(body)


def _remove(db: sqlite3.Connection, papers: Mapping[int, Paper]) -> None:
    db.executemany("DELETE FROM papers WHERE number = ?", ((number,) for number in papers))
    db.executemany("DELETE FROM names WHERE name = ? AND number = ?", _names(papers))
    db.executemany("DELETE FROM initials WHERE letters = ? AND number = ?", _initials(papers))
    # An FTS5 table without content must be told the very words that it was given.
    db.executemany(
        "INSERT INTO words (words, rowid, head, note, summary) VALUES ('delete', ?, ?, ?, ?)",
        ((number, *_words(paper)) for number, paper in papers.items()),
    )


def _insert(db: sqlite3.Connection, papers: Mapping[int, Paper]) -> None:
    db.executemany(
        "INSERT INTO papers VALUES (?, ?, ?)",
        ((number, paper.id, paper_to_json(paper)) for number, paper in papers.items()),
    )
    db.executemany("INSERT OR IGNORE INTO names (name, number) VALUES (?, ?)", _names(papers))
    db.executemany("INSERT OR IGNORE INTO initials VALUES (?, ?)", _initials(papers))
    db.executemany(
        "INSERT INTO words (rowid, head, note, summary) VALUES (?, ?, ?, ?)",
        ((number, *_words(paper)) for number, paper in papers.items()),
    )


def _words(paper: Paper) -> tuple[str, str, str]:
    """Give what is looked up of a paper: its head, its notes, its summary."""
    own, lent = ([n.text for n in paper.notes if n.lent == which] for which in (False, True))
    return text.head_words(paper), " ".join(own), " ".join(lent)


def _names(papers: Mapping[int, Paper]) -> Iterator[tuple[str, int]]:
    for number, paper in papers.items():
        for name in _called(paper):
            for key in _keys(name):
                yield key, number


def _initials(papers: Mapping[int, Paper]) -> Iterator[tuple[str, int]]:
    """Give the initials of each name ("aiayn") and of what it begins with ("tpa")."""
    for name, number in _names(papers):
        letters = "".join(word[0] for word in name.split(" "))
        for size in {*range(LEAST_INITIALS, MOST_INITIALS + 1), len(letters)}:
            if LEAST_INITIALS <= size <= len(letters):
                yield letters[:size], number


def _keys(name: str) -> Iterator[str]:
    """Give the forms under which a name is looked up: as it is, and a short one run together."""
    if key := text.name_key(name):
        yield key
        if " " in key and len(key) <= LONGEST_RUN:
            yield key.replace(" ", "")


def _nicknames(nicknamed: Iterable[Nicknamed]) -> Iterator[dict[str, str | None]]:
    for paper in nicknamed:
        title = text.name_key(paper.title)
        for name in paper.names:
            for key in _keys(name):
                yield {"name": key, "title": title, "arxiv": paper.arxiv}


def _called(paper: Paper) -> Iterator[str]:
    """Give what people call a paper: its title, its nicknames, the title without its nickname
    ("Attention Is All You Need"), the question that it begins with ("What does BERT look at?"), the
    title as far as the colon ("Deja Vu"), but of a survey, which begins with its topic.
    """
    yield from (paper.title, *paper.aliases)
    if core := core_of(paper.title):
        yield core
    if (asked := paper.title.find("?")) > 0:
        yield paper.title[:asked]
    beginning, colon, _ = paper.title.partition(":")
    said = [word for word in text.words(beginning) if word not in ("a", "an", "the")]
    if colon and len(said) > 1 and paper.kind != "survey":
        yield beginning


def _spellable(papers: Iterable[Paper]) -> Iterator[str]:
    """Give the words of each paper that are long enough to be misspelt, each once a paper."""
    for paper in papers:
        head, note, _ = _words(paper)
        for word in {*text.words(head), *text.words(note)}:
            if spellable(word):
                yield word


def _columns(content: Content) -> dict[str, NDArray[np.generic]]:
    papers, sections = content.reading.papers, content.reading.sections

    def numbers(values: Iterable[float | None]) -> NDArray[np.float32]:
        return np.array([np.nan if v is None else v for v in values], np.float32)

    row_of = {section.path: row for row, section in enumerate(sections)}
    members = [
        (row_of[path], row)
        for row, paper in enumerate(papers)
        for path in paper.sections
        if path in row_of
    ]
    member_section, member_paper = zip(*members, strict=True) if members else ((), ())
    advised = text.for_beginners(sections, {path for p in papers for path in p.sections})
    return {
        "year": numbers(paper.year for paper in papers),
        "citations": numbers(paper.citations for paper in papers),
        "counted": numbers(_as_year(paper.citations_as_of) for paper in papers),
        "stars": numbers(paper.stars for paper in papers),
        "teaching": numbers(not advised.isdisjoint(paper.sections) for paper in papers),
        "kind": np.array([KINDS.index(paper.kind) for paper in papers], np.int8),
        "note_owner": np.array(content.owners, np.int32),
        "note_lent": _lent(papers, content.owners),
        "member_section": np.array(member_section, np.int32),
        "member_paper": np.array(member_paper, np.int32),
        "held_term": content.held[:, 0],
        "held_paper": content.held[:, 1],
    }


def _lent(papers: Sequence[Paper], owners: Sequence[int]) -> NDArray[np.bool_]:
    """Tell of each note vector whether it is of a summary: those are a paper's last."""
    lent = np.zeros(len(owners), np.bool_)
    for at, (row, following) in enumerate(zip(owners, [*owners[1:], None], strict=False)):
        if row != following and papers[row].notes[-1].lent:
            # Own notes may have taken all the pieces that a paper has.
            lent[at] = len(text.pieces(papers[row].as_listed())) < text.MOST_PIECES
    return lent


@cache
def _as_year(day: date | None) -> float | None:
    return None if day is None else day.year + (day.timetuple().tm_yday - 1) / 366
