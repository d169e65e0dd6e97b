"""Many short texts in two arrays: opened at once, and found by halving, without an object for each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SortedTexts:
    """Texts in ascending order, some perhaps twice.

    ``text`` has them one after the other in UTF-8 (which sorts as the characters do), ``end`` where
    each of them ends.
    """

    text: NDArray[np.uint8]
    end: NDArray[np.int32]

    @classmethod
    def of(cls, ascending: Sequence[str]) -> SortedTexts:
        """Take texts that ascend already."""
        encoded = [text.encode() for text in ascending]
        ends = np.cumsum([len(text) for text in encoded], dtype=np.int32)
        return cls(np.frombuffer(b"".join(encoded), np.uint8), ends)

    @classmethod
    def of_columns(cls, arrays: MutableMapping[str, NDArray[np.generic]], name: str) -> SortedTexts:
        """Take the arrays that ``columns`` gave out of others; raises ``KeyError``."""
        return cls(arrays.pop(f"{name}_text"), arrays.pop(f"{name}_end"))  # type: ignore[arg-type]

    def columns(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Give the arrays under names of their own."""
        return {f"{name}_text": self.text, f"{name}_end": self.end}

    def __len__(self) -> int:
        return len(self.end)

    def places(self, text: str) -> range:
        """Give the places where a text stands."""
        wanted = text.encode()
        first = beyond = self._place(wanted)
        while beyond < len(self) and self._at(beyond) == wanted:
            beyond += 1
        return range(first, beyond)

    def beginning(self, start: str) -> Iterator[tuple[int, str]]:
        """Give the texts that begin with these letters, in order, with their places."""
        wanted = start.encode()
        at = self._place(wanted)
        while at < len(self) and (text := self._at(at)).startswith(wanted):
            yield at, text.decode()
            at += 1

    def _place(self, wanted: bytes) -> int:
        return bisect_left(range(len(self)), wanted, key=self._at)

    def _at(self, place: int) -> bytes:
        start = self.end[place - 1] if place else 0
        return self.text[start : self.end[place]].tobytes()
