"""The peers: each a small script run as a whole process in their environment."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
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
from benchmarks.speed.environment import SCRIPTS, Peers
from benchmarks.speed.process import Ran, run

# By the names that the tables show.
NAMES = {
    "plain script": "plain_numpy",
    "txtai": "with_txtai",
    "chromadb": "with_chromadb",
    "lancedb": "with_lancedb",
    "vicinity": "with_vicinity",
    "vicinity usearch": "with_vicinity_usearch",
}
ON_ONNX = " + onnxruntime"


class Peer:
    """One peer over one library. ``onnx``, where given, encodes its questions."""

    def __init__(
        self, name: str, peers: Peers, corpus: Corpus, folder: Path, onnx: Path | None = None
    ) -> None:
        self.name = name + (ON_ONNX if onnx else "")
        self.peers, self.corpus, self.onnx = peers, corpus, onnx
        self.script = SCRIPTS / f"{NAMES[name]}.py"
        self.store = folder / NAMES[name]

    def build(self) -> Built:
        """Build from the titles, and their vectors where given."""
        shutil.rmtree(self.store, ignore_errors=True)
        self.store.mkdir(parents=True)
        given = ["--vectors", self.corpus.vectors] if self.corpus.vectors.exists() else []
        ran = self._run("build", "--titles", self.corpus.titles, *given)
        return Built(ran, 0 if given else self.corpus.count)

    def ask(self) -> Ran:
        """Answer one question with ten titles."""
        return self._run("ask", "--question", QUESTION)

    def warm(self, questions: Path) -> Warm:
        """Ask in one process."""
        said = self._said(self._run("warm", "--questions", questions))
        return Warm(**{**said, "encoding": said["encoding"] if any(said["encoding"]) else []})

    def rebuild(self, time: int) -> Rebuilt:
        """Embed and upsert one changed title in a fresh process."""
        ran = self._run("update", "--row", 0, "--title", CHANGED_TITLE.format(time))
        return Rebuilt(ran, self._said(ran)["work_s"])

    def disk_mb(self) -> float:
        """Count everything in the store's folder."""
        return size_mb(self.store)

    def _run(self, *words: object) -> Ran:
        model = ["--model", self.peers.model, *(["--onnx", self.onnx] if self.onnx else [])]
        command = [self.peers.python, self.script, *words, "--store", self.store, *model]
        return run(command, self.peers.env())

    @staticmethod
    def _said(ran: Ran) -> dict[str, Any]:
        return dict(json.loads(ran.stdout.splitlines()[-1]))


def recalls(
    peers: Peers, vectors: Path, questions: Path, rows: Mapping[str, list[list[int]]], scratch: Path
) -> dict[str, float]:
    """Compare what peers found with an exact search over the plain script's vectors."""
    scratch.write_text(json.dumps(rows))
    ran = run(
        [peers.python, SCRIPTS / "exact.py", peers.model, vectors, questions, scratch], peers.env()
    )
    return dict(json.loads(ran.stdout.splitlines()[-1]))
