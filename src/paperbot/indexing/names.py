"""The names that papers go by, in memory: sorted, so that no question asks SQLite for one.

A title, a nickname, what is left of a title without its nickname, what a title begins with: as
``text.name_key`` writes them. Written by ``cataloguing`` as columns of the catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, takewhile
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.sortedtexts import SortedTexts

# Names so long at most are also found run together: "megatronlm", "llama2".
LONGEST_RUN = 24

# A run of words as long as this may be a title without its article.
LEAST_TITLE = 4


def _marks(names: Iterable[str]) -> NDArray[np.uint32]:
    """Give a number for each name (or its ``_begins_with``), most often one of its own."""
    return np.array([crc32(name.encode()) for name in names], np.uint32)


def _begins_with(words: Sequence[str]) -> str:
    """Give what a longer name begins with: its first two words and the space after."""
    return " ".join(words[:2]) + " "


@dataclass(frozen=True, slots=True)
class Names:
    """Every name with its paper (row), ascending by name, then by row.

    ``curated`` marks those that are no list's own. ``mark`` has the marks of all names, and of what
    those of the lists begin with, ascending.
    """

    names: SortedTexts
    row: NDArray[np.int32]
    curated: NDArray[np.bool_]
    mark: NDArray[np.uint32]

    @classmethod
    def of(cls, called: Iterable[tuple[str, int, int]]) -> Names:
        """Take names, rows, and whether each is curated; soonest if they ascend already."""
        every = sorted(called)
        names = [name for name, _, _ in every]
        beginnings = {
            name[: -len(words[2])]  # as ``_begins_with`` writes it
            for name, _, curated in every
            if not curated and len(words := name.split(" ", 2)) > 2
        }
        return cls(
            SortedTexts.of(names),
            np.array([row for _, row, _ in every], np.int32),
            np.array([curated for _, _, curated in every], np.bool_),
            np.sort(_marks([*dict.fromkeys(names), *beginnings])),
        )

    def find(self, names: Sequence[str]) -> dict[str, list[int]]:
        """Give the papers (rows, ascending) of those of some names that papers go by."""
        found = {name: self._papers(name) for name in self._likely(names)}
        return {name: rows for name, rows in found.items() if rows}

    def meant_by(self, name: str) -> int | None:
        """Find the paper of a name, or the one with a name that begins so, if two words do."""
        if not self._likely([name, _begins_with(name.split())]):
            return None  # most questions are nobody's name
        if rows := self._papers(name):
            return rows[0]
        begun: int | None = None
        for _, row in self.beginning(f"{name} ", curated=False) if " " in name else ():
            if begun is not None and row != begun:
                return None
            begun = row
        return begun

    def beginning(self, start: str, *, curated: bool = True) -> Iterator[tuple[str, int]]:
        """Give the names that begin with these letters, with their papers, in order of names."""
        for at, name in self.names.beginning(start):
            if curated or not self.curated[at]:
                yield name, int(self.row[at])

    def holding(self, start: str, *, curated: bool = True) -> Iterator[int]:
        """Give the papers of the names of which a later word begins with these letters."""
        ends = self.names.end
        for found in re.finditer(re.escape(f" {start}".encode()), self.names.text.data):
            at = int(ends.searchsorted(np.int32(found.start()), "right"))
            one = found.end() <= ends[at]  # not from one name into the next
            if one and (curated or not self.curated[at]):
                yield int(self.row[at])

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
        named = [
            (name, articled.get(name, name), rows[0], True)
            for name, rows in self.find([*runs, *articled]).items()
            if len(rows) == 1
        ]
        for start in range(len(words) - 1):
            if begun := self._begun(words[start:], small):
                run, row = begun
                named.append((run, run, row, False))
        return max(named, key=lambda one: (runs[one[1]], one[3]), default=None)

    def _begun(self, words: Sequence[str], small: Container[str]) -> tuple[str, int] | None:
        """Find the one paper with a name that begins as these words do, and as far as they agree."""
        start = _begins_with(words)
        agreeing: dict[int, set[int]] = {}
        for name, row in self.beginning(start, curated=False) if self._likely([start]) else ():
            pairs = zip(name.split(), words, strict=False)
            agree = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
            agreeing.setdefault(agree, set()).add(row)
        if not agreeing:
            return None
        most = max(agreeing)
        said = [word for word in words[:most] if word not in small]
        if len(agreeing[most]) != 1 or len(said) < 2:
            return None
        return " ".join(words[:most]), agreeing[most].pop()

    def _likely(self, names: Sequence[str]) -> list[str]:
        """Give those of some runs of words whose mark a name has.

        Of a question's forty runs hardly one is a name; to look for each would take longer.
        """
        marks = _marks(names)
        known = self.mark.searchsorted(marks, "right") > self.mark.searchsorted(marks)
        return [*compress(names, known)]

    def _papers(self, name: str) -> list[int]:
        return [int(self.row[at]) for at in self.names.places(name)]
