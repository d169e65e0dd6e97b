"""paperbot as people use it: ``paperbot build`` and ``paperbot ask`` as processes."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from benchmarks.speed.contender import (
    CHANGED_TITLE,
    QUESTION,
    Built,
    Corpus,
    Rebuilt,
    Warm,
    size_mb,
)
from benchmarks.speed.process import Ran, run

PROGRAM = (sys.executable, "-m", "paperbot")
_INSIDE = (sys.executable, "-m", "benchmarks.speed.inside")
_EMBEDDED = re.compile(r"([\d,]+) papers of .*?([\d,]+) texts embedded")
_ITEM = re.compile(r"^(\d+\. (?:\[[^]]*\] ?)?)(.+)$", re.MULTILINE)


def environment(**folders: Path) -> dict[str, str]:
    """Give this process's variables with ``PAPERBOT_…`` only as named here.

    Python keeps its compiled modules, as it does wherever nobody forbids it: those of the peers
    were compiled when pip installed them.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith("PAPERBOT_")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    named = {f"PAPERBOT_{name.upper()}": str(folder) for name, folder in folders.items()}
    return {**kept, **named, "HF_HUB_OFFLINE": "1"}


def change_line(lists: Path, time: int) -> None:
    """Reword the title of the first numbered item, another way each ``time``."""
    for path in sorted(lists.glob("*.md")):
        before = path.read_text()
        after = _ITEM.sub(rf"\g<1>{CHANGED_TITLE.format(time)}", before, count=1)
        if after != before:
            path.write_text(after)
            return
    raise ValueError(f"No numbered item stands in {lists}")


class Paperbot:
    """paperbot over one library, in a folder of its own. ``encoder`` holds its exported model."""

    name = "paperbot"

    def __init__(self, corpus: Corpus, folder: Path, encoder: Path | None) -> None:
        self.corpus, self.data, self.index = corpus, folder / "data", folder / "index"
        given = {"encoder_dir": encoder} if encoder else {}
        self.env = environment(data_dir=self.data, index_dir=self.index, **given)

    def build(self) -> Built:
        """Build from nothing but the lists (and, where vectors are given, a filled cache)."""
        shutil.rmtree(self.index.parent, ignore_errors=True)
        shutil.copytree(self.corpus.data, self.data)
        if self.corpus.cache.exists():
            (self.index / "cache").mkdir(parents=True)
            shutil.copy(self.corpus.cache, self.index / "cache" / "embeddings.db")
        ran = run([*PROGRAM, "build"], self.env)
        return Built(ran, self._embedded(ran))

    def _embedded(self, ran: Ran) -> int:
        """Read how many texts were embedded.

        Raises ``RuntimeError`` if other papers were read or, with vectors given, embedded.
        """
        found = _EMBEDDED.search(ran.stderr)
        if found is None:
            raise RuntimeError(f"paperbot build said something else:\n{ran.stderr[-2000:]}")
        papers, embedded = (int(number.replace(",", "")) for number in found.groups())
        titles = self.corpus.count
        if papers != titles or (self.corpus.cache.exists() and embedded > titles / 2):
            raise RuntimeError(
                f"{papers} papers, {embedded} embedded, of {titles} titles. Where paperbot reads "
                f"otherwise since, delete {self.corpus.folder}: it is then made anew."
            )
        return embedded

    def ask(self) -> Ran:
        """Answer one question with ten papers."""
        return run([*PROGRAM, "ask", "-n", "10", QUESTION], self.env)

    def warm(self, questions: Path) -> Warm:
        """Ask an open ``Assistant``."""
        return Warm(**self._inside("warm", questions))

    def recall(self, questions: Path) -> float:
        """Compare the ten nearest vectors with an exact search by NumPy over the same."""
        return float(self._inside("recall", questions)["recall"])

    def rebuild(self, time: int) -> Rebuilt:
        """Change a line and build; then another, in an open ``Assistant``."""
        change_line(self.data / "lists", 2 * time)
        ran = run([*PROGRAM, "build"], self.env)
        return Rebuilt(ran, float(self._inside("refresh", self.data / "lists", 2 * time + 1)["s"]))

    def disk_mb(self) -> float:
        """Count the generation and the cache; the exported encoder is counted apart."""
        return size_mb(self.index) - size_mb(self.index / "encoder")

    def _inside(self, *words: object) -> dict[str, Any]:
        return dict(json.loads(run([*_INSIDE, *words], self.env).stdout))


def export_plain_encoder(folder: Path) -> None:
    """Export all-MiniLM-L6-v2 as it is to ``folder``, for peers that are given onnxruntime."""
    run([*_INSIDE, "export", folder], environment())
