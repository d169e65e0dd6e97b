"""Every word of the lists and of the glossary's terms that is long enough to be misspelt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing.sortedtexts import SortedTexts

# Words shorter than this are too short to be told from a misspelling of another.
SHORTEST_SPELLABLE = 4


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, ascending, and in how many papers each stands: 0 where the glossary alone has it."""

    words: SortedTexts
    papers: NDArray[np.int32]

    @classmethod
    def of(cls, counted: Sequence[tuple[str, int]]) -> Vocabulary:
        """Take words, ascending, with their counts."""
        words = SortedTexts.of([word for word, _ in counted])
        return cls(words, np.array([papers for _, papers in counted], np.int32))

    def __contains__(self, word: str) -> bool:
        return bool(self.words.places(word))

    def beginning(self, start: str) -> dict[str, int]:
        """Give the words that begin with these letters, with their counts."""
        return {word: int(self.papers[at]) for at, word in self.words.beginning(start)}


def spellable(word: str) -> bool:
    """Tell whether a word is one that can be misspelt, or mend what is."""
    return len(word) >= SHORTEST_SPELLABLE and word.isalpha()
