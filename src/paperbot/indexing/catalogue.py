"""The SQLite file of one generation: papers, sections, words (FTS5) and names.

Written by ``cataloguing``, then only ever opened read-only. Whoever asks knows papers by row,
from 0, as their title vectors are; the numbers that they have inside the file stay in here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing.names import Names
from paperbot.indexing.records import paper_from_json, section_from_json
from paperbot.indexing.sortedtexts import SortedTexts
from paperbot.indexing.text import name_key
from paperbot.indexing.vocabulary import Vocabulary
from paperbot.indexing.wordrows import WordRows
from paperbot.paper import ID_SCHEMES, Paper, Section

# So many words keep their papers in memory (4 bytes for each paper that holds one).
RECENT_WORDS = 1_024

# So many words are looked up in one statement: SQLite joins 500 SELECTs at most, a word takes five.
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Columns:
    """One number per paper (or per vector), as NumPy arrays.

    Unknown years, citations and counting dates are NaN. ``counted`` is a year with its fraction. ``kind`` indexes ``records.KINDS``.
    ``teaching`` is 1 for a paper under a heading whose introduction speaks to beginners.
    ``note_owner`` gives the paper of each note vector, in the order of the vectors; ``note_lent``
    is true where that is of a summary.
    ``member_section`` and ``member_paper`` are pairs: this section holds that paper;
    ``held_term`` and ``held_paper`` too: this term of the glossary (they ascend) stands, word for
    word, in the head of that paper.
    """

    year: NDArray[np.float32]
    citations: NDArray[np.float32]
    counted: NDArray[np.float32]
    stars: NDArray[np.float32]
    teaching: NDArray[np.float32]
    kind: NDArray[np.int8]
    note_owner: NDArray[np.int32]
    note_lent: NDArray[np.bool_]
    member_section: NDArray[np.int32]
    member_paper: NDArray[np.int32]
    held_term: NDArray[np.int32]
    held_paper: NDArray[np.int32]


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
            # What each paper is called inside the file, in row order.
            self.numbers: NDArray[np.int32] = arrays.pop("number")
            self.names = Names(
                SortedTexts.of_columns(arrays, "name"),
                *(arrays.pop(f"name_{what}") for what in ("row", "curated", "mark")),
            )
            self.vocabulary = Vocabulary(
                SortedTexts.of_columns(arrays, "word"), arrays.pop("word_papers")
            )
            self.columns = Columns(**arrays)
        except (KeyError, TypeError) as error:
            raise BadIndex(f"{path} lacks columns: {error}.") from error
        self._row_of = np.empty(self.numbers.max(initial=-1) + 1, np.int32)
        self._row_of[self.numbers] = np.arange(len(self), dtype=np.int32)
        self._papers: dict[int, Paper] = {}
        self._words: dict[str, WordRows] = {}
        self._venues: dict[str, NDArray[np.int32]] | None = None

    def __len__(self) -> int:
        return len(self.columns.year)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def look_up(self, words: Sequence[str]) -> list[WordRows]:
        """Find the papers that hold each word, and the one that has it for initials.

        Words are matched by their stem (Porter's), in the order given: all in one statement, if they
        are not more than ``MOST_AT_ONCE``. Those looked up lately come from memory.
        """
        known = {word: kept for word in words if (kept := self._words.get(word))}
        missing = [word for word in dict.fromkeys(words) if word not in known]
        for start in range(0, len(missing), MOST_AT_ONCE):
            fresh = self._looked_up(missing[start : start + MOST_AT_ONCE])
            if len(self._words) + len(fresh) > RECENT_WORDS:
                self._words.clear()
            self._words.update(fresh)
            known |= fresh
        return [known[word] for word in words]

    def _looked_up(self, words: Sequence[str]) -> dict[str, WordRows]:
        parts, values = [], list[str]()
        for at, word in enumerate(words):
            for field in ("head", "note", "summary"):
                parts.append("SELECT ?, group_concat(rowid) FROM words WHERE words MATCH ?")
                values += [f"{field}{at}", f'{field} : "{word}"']
            parts.append("SELECT ?, max(rowid) FROM spoken WHERE spoken MATCH ?")
            values += [f"spoken{at}", f'"{word}"']
            # Initials of two papers are nobody's.
            parts.append(
                "SELECT ?, CASE count(*) WHEN 1 THEN max(number) END "
                "FROM (SELECT number FROM initials WHERE letters = ? LIMIT 2)"
            )
            values += [f"initials{at}", word]
        found = dict(self._db.execute(" UNION ALL ".join(parts), values).fetchall())
        return {
            word: WordRows(
                self._rows(found[f"head{at}"]),
                self._rows(found[f"note{at}"]),
                self._rows(found[f"summary{at}"]),
                spoken=found[f"spoken{at}"] is not None,
                initials=None if (n := found[f"initials{at}"]) is None else int(self._row_of[n]),
            )
            for at, word in enumerate(words)
        }

    def _rows(self, numbers: str | None) -> NDArray[np.int32]:
        """Read numbers as SQLite joins them, and give their rows, ascending."""
        return np.sort(self._row_of[np.fromstring(numbers or "", np.int32, sep=",")])

    def papers(self, rows: Sequence[int]) -> list[Paper]:
        """Give the papers of these rows, in this order; those seen before come from memory."""
        missing = [row for row in rows if row not in self._papers]
        if missing:
            marks = ", ".join("?" * len(missing))
            for number, body in self._db.execute(
                f"SELECT number, body FROM papers WHERE number IN ({marks})",  # noqa: S608
                self.numbers[missing].tolist(),
            ):
                self._papers[int(self._row_of[number])] = paper_from_json(body)
        return [self._papers[row] for row in rows]

    def venues(self) -> dict[str, NDArray[np.int32]]:
        """Give every venue with the papers (rows) that name it."""
        if self._venues is None:
            found = self._db.execute(
                "SELECT body ->> 'venue', group_concat(number) FROM papers "
                "WHERE body ->> 'venue' IS NOT NULL GROUP BY 1"
            )
            self._venues = {venue: self._rows(numbers) for venue, numbers in found}
        return self._venues

    def all_papers(self) -> list[Paper]:
        """Give every paper, in row order."""
        return [paper_from_json(body) for body in self._bodies()]

    def row_of(self, name: str) -> int | None:
        """Find a paper by id, title, nickname, or two words or more that its title alone begins
        with ("Deja Vu").
        """
        if name.startswith(ID_SCHEMES):
            found = self._db.execute("SELECT number FROM papers WHERE id = ?", (name,)).fetchone()
            if found is not None:
                return int(self._row_of[found[0]])
        return self.names.meant_by(name_key(name))

    def written_names(self) -> list[tuple[str, int]]:
        """Give every title and nickname of the lists with its paper's row, as written."""
        names = []
        for row, body in enumerate(self._bodies()):
            paper = json.loads(body)
            names += [(name, row) for name in (paper["title"], *paper["aliases"])]
        return names

    def _bodies(self) -> list[str]:
        """Give every paper as JSON, in row order."""
        found: dict[int, str] = dict(self._db.execute("SELECT number, body FROM papers").fetchall())
        return [found[number] for number in self.numbers.tolist()]

    def origins(self) -> list[str]:
        """Give, in row order, which content each paper was made from (see ``cataloguing``)."""
        (lines,) = self._db.execute("SELECT lines FROM origins").fetchone()
        return str(lines).split("\n")

    def sections(self) -> list[Section]:
        """Give every section in the lists' own order."""
        found = self._db.execute("SELECT body FROM sections ORDER BY row")
        return [section_from_json(body) for (body,) in found]
