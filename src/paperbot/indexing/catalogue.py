"""The SQLite file of one generation: papers, sections, words (FTS5) and names.

Written by ``cataloguing``, then only ever opened read-only. Whoever asks knows papers by row,
from 0, as their title vectors are; the numbers that they have inside the file stay in here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress, takewhile
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing.records import paper_from_json, section_from_json
from paperbot.indexing.text import name_key
from paperbot.indexing.wordrows import WordRows
from paperbot.paper import Paper, Section

# So many words keep their papers in memory (4 bytes for each paper that holds one).
RECENT_WORDS = 1_024

# Words shorter than this are too short to be told from a misspelling of another.
SHORTEST_SPELLABLE = 4


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


def name_marks(names: Iterable[str]) -> NDArray[np.uint32]:
    """Give a number for each name (or its ``begins_with``), most often one of its own."""
    return np.array([crc32(name.encode()) for name in names], np.uint32)


def begins_with(words: Sequence[str], count: int = 2) -> str:
    """Give what a longer name begins with: its first words (two or three) and the space after."""
    return " ".join(words[:count]) + " "


# Names so long at most are also found run together: "megatronlm", "llama2".
LONGEST_RUN = 24

# A run of words as long as this may be a title without its article.
LEAST_TITLE = 4


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
            self._name_marks: NDArray[np.uint32] = arrays.pop("name_mark")
            self.columns = Columns(**arrays)
        except (KeyError, TypeError) as error:
            raise BadIndex(f"{path} lacks columns: {error}.") from error
        self._row_of = np.empty(self.numbers.max(initial=-1) + 1, np.int32)
        self._row_of[self.numbers] = np.arange(len(self), dtype=np.int32)
        self._papers: dict[int, Paper] = {}
        self._words: dict[str, WordRows] = {}
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
        ``text.name_key`` writes them. Words looked up lately come from memory.
        """
        known = {word: kept for word in words if (kept := self._words.get(word))}
        missing = [word for word in dict.fromkeys(words) if word not in known]
        parts, values = [], list[str | int]()
        for at, word in enumerate(missing):
            for field in ("head", "note", "summary"):
                parts.append("SELECT ?, group_concat(rowid) FROM words WHERE words MATCH ?")
                values += [f"{field}{at}", f'{field} : "{word}"']
            parts.append("SELECT ?, max(rowid) FROM spoken WHERE spoken MATCH ?")
            values += [f"spoken{at}", f'"{word}"']
        if likely := self._likely(names):
            marks = ", ".join("?" * len(likely))
            parts.append(
                f"SELECT '=' || name, group_concat(number) FROM names WHERE name IN ({marks}) "  # noqa: S608
                "GROUP BY name"
            )
            values += likely
        if not parts:
            return [known[word] for word in words], {}
        found = dict(self._db.execute(" UNION ALL ".join(parts), values).fetchall())
        rows = {
            key: np.sort(self._row_of[np.fromstring(value or "", np.int32, sep=",")])
            for key, value in found.items()
            if not key.startswith("spoken")
        }
        fresh = {
            word: WordRows(
                rows[f"head{at}"],
                rows[f"note{at}"],
                rows[f"summary{at}"],
                found[f"spoken{at}"] is not None,
            )
            for at, word in enumerate(missing)
        }
        if len(self._words) + len(fresh) > RECENT_WORDS:
            self._words.clear()
        self._words.update(fresh)
        known |= fresh
        named = {key[1:]: rows[key].tolist() for key in rows if key.startswith("=")}
        return [known[word] for word in words], named

    def _likely(self, names: Sequence[str]) -> list[str]:
        """Give those of some runs of words whose mark a name has, so that SQLite sees few of them.

        Of a question's forty runs hardly one is a name; to ask for all takes five times as long.
        """
        marks = name_marks(names)
        known = self._name_marks.searchsorted(marks, "right") > self._name_marks.searchsorted(marks)
        return [*compress(names, known)]

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

    def venues(self) -> dict[int, str]:
        """Give the venue of every paper (row) that has one."""
        if self._venues is None:
            found = self._db.execute(
                "SELECT number, body ->> 'venue' FROM papers WHERE body ->> 'venue' IS NOT NULL"
            )
            self._venues = {int(self._row_of[number]): venue for number, venue in found}
        return self._venues

    def all_papers(self) -> list[Paper]:
        """Give every paper, in row order."""
        return [paper_from_json(body) for body in self._bodies()]

    def row_of(self, name: str) -> int | None:
        """Find a paper by id, title, nickname, or two words or more that its title alone begins
        with ("Deja Vu").
        """
        key = name_key(name)
        if ":" not in name and not self._likely([key, begins_with(key.split(), 3)]):
            return None  # an id has a colon; most questions are nobody's name
        # "!" comes next after the space; one word alone begins nothing.
        beyond = f"{key}!" if " " in key else key
        found = self._db.execute(
            "SELECT 'id', number FROM papers WHERE id = ? UNION ALL "
            "SELECT 'name', number FROM names WHERE name = ? UNION ALL "
            "SELECT * FROM (SELECT DISTINCT 'beginning', number FROM names "
            "WHERE name > ? AND name < ? AND NOT curated LIMIT 2)",
            (name, key, f"{key} ", beyond),
        ).fetchall()
        by = dict[str, list[int]](id=[], name=[], beginning=[])
        for how, number in found:
            by[how].append(int(self._row_of[number]))
        only = by["beginning"] if len(by["beginning"]) == 1 else []
        rows = by["id"] or sorted(by["name"]) or only
        return rows[0] if rows else None

    def named_in(
        self, words: Sequence[str], small: Container[str]
    ) -> tuple[str, str, int, bool] | None:
        """Find the longest run of words that one paper alone goes by.

        Gives its name, the run, its row, and whether the run is a whole name. A title may have lost
        its article ("the survey on agents") or its end: two words or more, beside ``small`` ones,
        that the title alone begins with are enough.
        """
        runs = {
            " ".join(words[start:end]): end - start
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
        }
        articled = {f"a {run}": run for run, n in runs.items() if n >= LEAST_TITLE}
        likely = self._likely([*runs, *articled])
        named: list[tuple[str, str, int, bool]] = []
        if likely:
            marks = ", ".join("?" * len(likely))
            found = self._db.execute(
                f"SELECT name, min(number) FROM names WHERE name IN ({marks}) "  # noqa: S608
                "GROUP BY name HAVING count(*) = 1",
                likely,
            )
            named = [(name, articled.get(name, name), number, True) for name, number in found]
        for start in range(len(words) - 1):
            if begun := self._begun(words[start:], small):
                run, number = begun
                named.append((run, run, number, False))
        if not named:
            return None
        name, run, number, whole = max(named, key=lambda one: (runs[one[1]], one[3]))
        return name, run, int(self._row_of[number]), whole

    def _begun(self, words: Sequence[str], small: Container[str]) -> tuple[str, int] | None:
        """Find the one paper with a name that begins as these words do, and as far as they agree."""
        start = begins_with(words)
        if not self._likely([start]):
            return None
        agreeing: dict[int, set[int]] = {}
        for name, number in self._db.execute(
            "SELECT name, number FROM names WHERE name > ? AND name < ? AND NOT curated",
            (start, f"{start[:-1]}!"),
        ):
            pairs = zip(name.split(), words, strict=False)
            agree = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            agreeing.setdefault(agree, set()).add(number)
        if not agreeing:
            return None
        most = max(agreeing)
        said = [word for word in words[:most] if word not in small]
        if len(agreeing[most]) != 1 or len(said) < 2:
            return None
        return " ".join(words[:most]), agreeing[most].pop()

    def names(self) -> list[tuple[str, int]]:
        """Give every title and nickname of the lists with its paper's row, as written."""
        names = []
        for row, body in enumerate(self._bodies()):
            paper = json.loads(body)
            names += [(name, row) for name in (paper["title"], *paper["aliases"])]
        return names

    def by_initials(self, letters: str) -> int | None:
        """Find the one paper with a name of these initials ("aiayn"), or that begins with them."""
        found = self._db.execute(
            "SELECT number FROM initials WHERE letters = ? LIMIT 2", (letters,)
        ).fetchall()
        return int(self._row_of[found[0][0]]) if len(found) == 1 else None

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

    def vocabulary(self) -> dict[str, int]:
        """Give every word long enough to be misspelt, and in how many papers it stands."""
        return dict(self._db.execute("SELECT word, papers FROM vocabulary").fetchall())
