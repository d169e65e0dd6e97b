"""Which papers hold which terms of the glossary, word for word, in title, nickname or heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from paperbot.indexing import text
from paperbot.paper import Paper

Pairs = NDArray[np.int32]


class TermFinder:
    """Finds the terms of a glossary in the heads of papers, in time linear in their words."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._by_first: dict[str, list[tuple[list[str], int]]] = {}
        for at, term in enumerate(terms):
            if words := text.words(term):
                self._by_first.setdefault(words[0], []).append((words, at))

    def terms_in(self, paper: Paper) -> set[int]:
        """Give the places of the terms that stand, word for word, in a paper's head."""
        found = set()
        for part in text.head_parts(paper):
            said = text.words(part)
            for start, word in enumerate(said):
                for words, at in self._by_first.get(word, ()):
                    if said[start : start + len(words)] == words:
                        found.add(at)
        return found

    def pairs(self, papers: Iterable[tuple[int, Paper]]) -> Pairs:
        """Give pairs (term, row) for papers and their rows, shape (n, 2)."""
        found = [(at, row) for row, paper in papers for at in self.terms_in(paper)]
        return np.array(found, np.int32).reshape(-1, 2)
