"""What is asked of everything that is measured, paperbot and peers alike."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.speed.process import Ran

QUESTION = "what should I read on KV cache compression?"
CHANGED_TITLE = "A Changed Title, Number {}"


@dataclass(frozen=True, slots=True)
class Corpus:
    """One library on disk: ``data`` for paperbot, ``titles`` (a JSON list) for everyone else.

    ``vectors`` (NumPy, one unit row a title) and ``cache`` (the same for paperbot's build) exist
    only where vectors are given instead of computed.
    """

    folder: Path

    @property
    def data(self) -> Path:
        """The folder to give as ``PAPERBOT_DATA_DIR``, to be copied before it is changed."""
        return self.folder / "data"

    @property
    def about(self) -> Path:
        """The file that tells how many titles there are, and how many of them are real."""
        return self.folder / "about.json"

    @property
    def count(self) -> int:
        """How many titles there are."""
        return int(json.loads(self.about.read_text())["titles"])

    @property
    def real(self) -> int:
        """How many of them some list has; the rest are made of those."""
        return int(json.loads(self.about.read_text())["real"])

    @property
    def titles(self) -> Path:
        """The titles in order."""
        return self.folder / "titles.json"

    @property
    def vectors(self) -> Path:
        """The vectors in the order of the titles."""
        return self.folder / "vectors.npy"

    @property
    def cache(self) -> Path:
        """A filled embedding cache."""
        return self.folder / "embeddings.db"


@dataclass(frozen=True, slots=True)
class Warm:
    """What a process told that answered many questions: seconds a question, and its memory.

    ``encoding`` is empty where the encoding cannot be told apart, ``rows`` (the ten titles found
    for each question) where they are not compared.
    """

    seconds: list[float]
    encoding: list[float]
    rss_mb: float
    peak_mb: float
    rows: list[list[int]]


@dataclass(frozen=True, slots=True)
class Built:
    """A build as a process, and how many texts it embedded."""

    process: Ran
    texts: int


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A rebuild as a process, and the seconds of the work alone."""

    process: Ran
    work_s: float


class Contender(Protocol):
    """Something to build from titles and to ask. Each method but the last is a whole process."""

    name: str

    def build(self) -> Built:
        """Build from nothing."""

    def ask(self) -> Ran:
        """Answer ``QUESTION``."""

    def warm(self, questions: Path) -> Warm:
        """Answer every question of a JSON list, one after the other."""

    def rebuild(self, time: int) -> Rebuilt:
        """Change one title, differently each ``time``, and have it on disk."""

    def disk_mb(self) -> float:
        """Give the size of what was built, in MB of 10⁶ bytes."""


def size_mb(folder: Path) -> float:
    """Give the size of all files in a folder, in MB of 10⁶ bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
