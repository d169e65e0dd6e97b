"""The SQLite file of one generation: papers, sections, words (FTS5) and names.

Written once by ``write_catalogue``, then only ever opened read-only by ``Catalogue``. Papers are
numbered by row from 0, as their title vectors are.
"""

from __future__ import annotations

import functools
import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing import text
from paperbot.indexing.records import (
    KINDS,
    paper_from_json,
    paper_to_json,
    section_from_json,
    section_to_json,
)
from paperbot.paper import Paper, Section

_TABLES = """
CREATE TABLE papers (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE sections (row INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE names (name TEXT, row INTEGER, PRIMARY KEY (name, row)) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, papers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE columns (name TEXT PRIMARY KEY, dtype TEXT NOT NULL, data BLOB NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    head, note, content = '', detail = full, tokenize = 'porter unicode61'
);
CREATE VIRTUAL TABLE spoken USING fts5 (text, content = '', tokenize = 'porter unicode61');
"""

# Words shorter than this are too short to be told from a misspelling of another.
SHORTEST_SPELLABLE = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """One number per paper (or per vector), as NumPy arrays.

    Unknown years, citations and counting dates are NaN. ``counted`` is a year with its fraction.
    ``kind`` indexes ``records.KINDS``. ``teaching`` is 1 for a
    paper under a heading whose introduction speaks to beginners. ``note_owner`` gives the paper of each note vector, in
    the order of the vectors. ``member_section`` and ``member_paper`` are pairs: this section
    holds that paper.
    """

    year: NDArray[np.float32]
    citations: NDArray[np.float32]
    counted: NDArray[np.float32]
    stars: NDArray[np.float32]
    teaching: NDArray[np.float32]
    kind: NDArray[np.int8]
    note_owner: NDArray[np.int32]
    member_section: NDArray[np.int32]
    member_paper: NDArray[np.int32]


def write_catalogue(
    path: Path,
    papers: Sequence[Paper],
    sections: Sequence[Section],
    owners: Sequence[int],
    spoken: Sequence[str] = (),
) -> None:
    """Write the catalogue of ``papers``; ``owners`` tells the paper of each note vector.

    ``spoken`` are the texts of the glossary: words that people of the field use.
    """
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    with db:
        db.executemany(
            "INSERT INTO papers VALUES (?, ?, ?)",
            ((row, paper.id, paper_to_json(paper)) for row, paper in enumerate(papers)),
        )
        db.executemany(
            "INSERT INTO sections VALUES (?, ?)",
            ((row, section_to_json(section)) for row, section in enumerate(sections)),
        )
        heads = [text.head_words(paper) for paper in papers]
        notes = [" ".join(note.text for note in paper.notes) for paper in papers]
        db.executemany(
            "INSERT INTO words (rowid, head, note) VALUES (?, ?, ?)",
            ((row, *both) for row, both in enumerate(zip(heads, notes, strict=True))),
        )
        db.executemany("INSERT INTO spoken (text) VALUES (?)", ((line,) for line in spoken))
        db.executemany("INSERT OR IGNORE INTO names VALUES (?, ?)", _names(papers))
        db.executemany(
            "INSERT INTO vocabulary VALUES (?, ?)", _vocabulary(zip(heads, notes, strict=True))
        )
        db.executemany(
            "INSERT INTO columns VALUES (?, ?, ?)",
            (
                (name, array.dtype.str, array.tobytes())
                for name, array in _columns(papers, sections, owners).items()
            ),
        )
    db.close()


def _names(papers: Sequence[Paper]) -> Iterable[tuple[str, int]]:
    for row, paper in enumerate(papers):
        for name in (paper.title, *paper.aliases):
            if key := text.name_key(name):
                yield key, row


def _vocabulary(texts: Iterable[tuple[str, str]]) -> Iterable[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for head, note in texts:
        counts.update(set(text.words(head)) | set(text.words(note)))
    for word, count in counts.items():
        if len(word) >= SHORTEST_SPELLABLE and word.isalpha():
            yield word, count


def _columns(
    papers: Sequence[Paper], sections: Sequence[Section], owners: Sequence[int]
) -> dict[str, NDArray[np.generic]]:
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
    beginners = [s.path for s in sections if text.speaks_to_beginners(s)]
    as_of = (paper.citations_as_of for paper in papers)
    return {
        "year": numbers(paper.year for paper in papers),
        "citations": numbers(paper.citations for paper in papers),
        "counted": numbers(
            None if d is None else d.year + (d.timetuple().tm_yday - 1) / 366 for d in as_of
        ),
        "stars": numbers(paper.stars for paper in papers),
        "teaching": numbers(text.is_for_beginners(paper, beginners) for paper in papers),
        "kind": np.array([KINDS.index(paper.kind) for paper in papers], np.int8),
        "note_owner": np.array(owners, np.int32),
        "member_section": np.array(member_section, np.int32),
        "member_paper": np.array(member_paper, np.int32),
    }


@dataclass(frozen=True, slots=True)
class WordRows:
    """The papers (rows) that hold a word: in title, nicknames and headings, and in notes.

    ``spoken`` tells whether the glossary knows the word.
    """

    head: NDArray[np.int32]
    note: NDArray[np.int32]
    spoken: bool

    @property
    def known(self) -> bool:
        """Whether the lists or the glossary know the word at all."""
        return bool(self.spoken or len(self.head) or len(self.note))

    def joined(self, other: Sequence[WordRows]) -> WordRows:
        """Add the papers that hold all words of another form of this word."""
        if not other:
            return self
        head, note = (
            functools.reduce(np.intersect1d, [getattr(rows, name) for rows in other])
            for name in ("head", "note")
        )
        return WordRows(
            np.union1d(self.head, head), np.union1d(self.note, note), self.spoken or other[0].known
        )


class Catalogue:
    """Read-only view of a generation's catalogue. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1",
                uri=True,
                check_same_thread=False,
            )
            stored = self._db.execute("SELECT name, dtype, data FROM columns").fetchall()
        except sqlite3.Error as error:
            raise BadIndex(f"{path} is not a catalogue that can be read: {error}.") from error
        arrays = {name: np.frombuffer(data, np.dtype(dtype)) for name, dtype, data in stored}
        try:
            self.columns = Columns(**arrays)
        except TypeError as error:
            raise BadIndex(f"{path} lacks columns: {error}.") from error
        self._papers: dict[int, Paper] = {}
        self._venues: dict[int, str] | None = None

    def __len__(self) -> int:
        return len(self.columns.year)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def look_up(
        self, words: Sequence[str], names: Sequence[str]
    ) -> tuple[list[WordRows], dict[str, list[int]]]:
        """Find, in one statement, the papers that hold each word and those that go by each name.

        Words are matched by their stem (Porter's), in the order given; names as
        ``text.name_key`` writes them.
        """
        parts, values = [], list[str | int]()
        for at, word in enumerate(words):
            for field in ("head", "note"):
                parts.append("SELECT ?, group_concat(rowid) FROM words WHERE words MATCH ?")
                values += [f"{field}{at}", f'{field} : "{word}"']
            parts.append("SELECT ?, max(rowid) FROM spoken WHERE spoken MATCH ?")
            values += [f"spoken{at}", f'"{word}"']
        if names:
            marks = ", ".join("?" * len(names))
            parts.append(
                f"SELECT '=' || name, group_concat(row) FROM names WHERE name IN ({marks}) "  # noqa: S608
                "GROUP BY name"
            )
            values += names
        if not parts:
            return [], {}
        found = dict(self._db.execute(" UNION ALL ".join(parts), values).fetchall())
        rows = {
            key: np.fromstring(value or "", np.int32, sep=",")
            for key, value in found.items()
            if not key.startswith("spoken")
        }
        return (
            [
                WordRows(rows[f"head{at}"], rows[f"note{at}"], found[f"spoken{at}"] is not None)
                for at in range(len(words))
            ],
            {key[1:]: rows[key].tolist() for key in rows if key.startswith("=")},
        )

    def papers(self, rows: Sequence[int]) -> list[Paper]:
        """Give the papers of these rows, in this order; those seen before come from memory."""
        missing = [row for row in rows if row not in self._papers]
        if missing:
            marks = ", ".join("?" * len(missing))
            for row, body in self._db.execute(
                f"SELECT row, body FROM papers WHERE row IN ({marks})",  # noqa: S608
                missing,
            ):
                self._papers[row] = paper_from_json(body)
        return [self._papers[row] for row in rows]

    def venues(self) -> dict[int, str]:
        """Give the venue of every paper (row) that has one."""
        if self._venues is None:
            found = self._db.execute(
                "SELECT row, body ->> 'venue' FROM papers WHERE body ->> 'venue' IS NOT NULL"
            )
            self._venues = dict(found.fetchall())
        return self._venues

    def all_papers(self) -> list[Paper]:
        """Give every paper, in row order."""
        found = self._db.execute("SELECT body FROM papers ORDER BY row")
        return [paper_from_json(body) for (body,) in found]

    def row_of_id(self, paper_id: str) -> int | None:
        """Give the row of the paper with this id."""
        found = self._db.execute("SELECT row FROM papers WHERE id = ?", (paper_id,)).fetchone()
        return found and int(found[0])

    def names(self) -> list[tuple[str, int]]:
        """Give every title and nickname with its paper's row, as written."""
        found = self._db.execute("SELECT row, body FROM papers ORDER BY row")
        names = []
        for row, body in found:
            paper = json.loads(body)
            names += [(name, row) for name in (paper["title"], *paper["aliases"])]
        return names

    def sections(self) -> list[Section]:
        """Give every section in the lists' own order."""
        found = self._db.execute("SELECT body FROM sections ORDER BY row")
        return [section_from_json(body) for (body,) in found]

    def vocabulary(self) -> dict[str, int]:
        """Give every word long enough to be misspelt, and in how many papers it stands."""
        return dict(self._db.execute("SELECT word, papers FROM vocabulary").fetchall())
