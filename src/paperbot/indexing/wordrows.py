"""The papers that hold a word, as rows that are joined and looked through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WordRows:
    """The papers (rows) that hold a word: in title, nicknames and headings, in notes, in summaries.

    ``spoken`` tells whether the glossary knows the word; ``initials`` is the one paper with a name
    of these initials ("aiayn"), or that begins with them.
    """

    head: NDArray[np.int32]
    note: NDArray[np.int32]
    summary: NDArray[np.int32]
    spoken: bool
    initials: int | None = None

    def in_head(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each of these papers whether its head holds the word."""
        return _stand_in(self.head, rows)

    def in_note(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each of these papers whether a note of it holds the word."""
        return _stand_in(self.note, rows)

    def in_summary(self, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell of each of these papers whether its summary holds the word."""
        return _stand_in(self.summary, rows)

    @property
    def known(self) -> bool:
        """Whether the lists or the glossary know the word; a summary's words are daily life's."""
        return bool(self.spoken or len(self.head) or len(self.note))

    def with_papers(self, rows: Sequence[int]) -> WordRows:
        """Add papers that hold the word in their head; it is then a known one."""
        head = _in_all(1, self.head, np.array(rows, np.int32))
        return replace(self, head=head, spoken=True)

    def joined(self, other: Sequence[WordRows]) -> WordRows:
        """Add the papers that hold all words of another form of this word."""
        if not other:
            return self
        head = _in_all(len(other), *(rows.head for rows in other))
        note = _in_all(len(other), *(rows.note for rows in other))
        summary = _in_all(len(other), *(rows.summary for rows in other))
        return replace(
            self,
            head=_in_all(1, self.head, head),
            note=_in_all(1, self.note, note),
            summary=_in_all(1, self.summary, summary),
            spoken=self.spoken or other[0].known,
        )


def _stand_in(holding: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    wanted = rows.astype(np.int32)  # of the kind that is searched, or NumPy converts all of it
    return holding.searchsorted(wanted, "right") > holding.searchsorted(wanted)


def _in_all(times: int, *rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Give, ascending, what stands in so many of some arrays, of which each holds it once.

    NumPy's own sets load its masked arrays, a thirtieth of a cold answer.
    """
    every = np.sort(np.concatenate(rows))
    last = every[times - 1 :]
    found: NDArray[np.int32] = last[last == every[: len(last)]]
    first = np.ones(len(found), np.bool_)
    first[1:] = found[1:] != found[:-1]
    return found[first]
