"""What every peer script shares: one command a process, one line of JSON on standard output.

    SCRIPT build  --store DIR --titles FILE [--vectors FILE]    {"encoding_s"}
    SCRIPT ask    --store DIR --question TEXT                   {"titles"}
    SCRIPT warm   --store DIR --questions FILE                  {"seconds", "encoding", "rows", …}
    SCRIPT update --store DIR --row N --title TEXT              {"work_s"}

All take ``--model DIR`` (sentence-transformers weights) or ``--onnx DIR`` (the same, exported).
This and the scripts beside it run in the peers' environment and know nothing of paperbot.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import numpy as np

if "--onnx" in sys.argv:
    # Imported after usearch, onnxruntime 1.32 ends the process.
    import onnxruntime

# Questions asked before any is timed.
WARM_UP = 5
COUNT = 10


class Encoder:
    """Texts to unit vectors: by sentence-transformers, or by onnxruntime where told to.

    ``seconds`` is the time spent encoding so far, the loading of the model apart.
    """

    def __init__(self, model: Path, onnx: Path | None) -> None:
        self.model, self.onnx = model, onnx
        self.seconds = 0.0
        self._run: Callable[[list[str]], np.ndarray] | None = None

    def load(self) -> None:
        """Load the model now instead of with the first text."""
        if self._run is None:
            self._run = self._by_onnx(self.onnx) if self.onnx else self._by_torch()

    def __call__(self, texts: list[str]) -> np.ndarray:
        """Give the vectors, shape ``(len(texts), 384)``, float32."""
        self.load()
        began = time.perf_counter()
        assert self._run is not None
        vectors = self._run(texts)
        self.seconds += time.perf_counter() - began
        return vectors

    def _by_torch(self) -> Callable[[list[str]], np.ndarray]:
        from sentence_transformers import SentenceTransformer

        model = SentenceTransformer(str(self.model), device="cpu", local_files_only=True)
        return lambda texts: model.encode(texts, normalize_embeddings=True, show_progress_bar=False)

    @staticmethod
    def _by_onnx(folder: Path) -> Callable[[list[str]], np.ndarray]:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(256)
        tokenizer.enable_padding()
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), providers=["CPUExecutionProvider"]
        )

        def run(texts: list[str]) -> np.ndarray:
            parts = []
            for start in range(0, len(texts), 32):
                tokens = tokenizer.encode_batch(texts[start : start + 32])
                feed = {
                    "input_ids": np.array([t.ids for t in tokens], np.int64),
                    "attention_mask": np.array([t.attention_mask for t in tokens], np.int64),
                }
                parts.append(session.run(None, feed)[0])
            return np.concatenate(parts)

        return run


class Peer(Protocol):
    """A place to put titles into and to ask. Rows count titles from 0, as they were given."""

    def build(self, titles: list[str], vectors: np.ndarray | None) -> None:
        """Store the titles on disk, embedding them unless their vectors are given."""

    def open(self) -> None:
        """Open what was stored."""

    def find(self, question: str) -> list[tuple[int, str]]:
        """Give the ``COUNT`` nearest rows with their titles, best first."""

    def update(self, row: int, title: str) -> None:
        """Change the title of a row, in an opened store, on disk too."""


def memory_mb(field: str) -> float:
    """Give ``VmRSS`` (resident) or ``VmHWM`` (its peak) of this process, in MB of 10⁶ bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{field}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise OSError(f"/proc/self/status does not tell {field}")


def main(peer: Callable[[Path, Encoder], Peer]) -> None:
    """Run the command of the arguments."""
    options = _options()
    encoder = Encoder(options.model, options.onnx)
    store = peer(options.store, encoder)
    said = {"build": _build, "ask": _ask, "warm": _warm, "update": _update}[options.command](
        store, encoder, options
    )
    print(json.dumps(said))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("command", choices=("build", "ask", "warm", "update"))
    for name in ("store", "model", "onnx", "titles", "vectors", "questions"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--question")
    parser.add_argument("--row", type=int)
    parser.add_argument("--title")
    return parser.parse_args()


def _build(store: Peer, encoder: Encoder, options: argparse.Namespace) -> dict[str, Any]:
    titles = json.loads(options.titles.read_text())
    store.build(titles, np.load(options.vectors) if options.vectors else None)
    return {"encoding_s": encoder.seconds}


def _ask(store: Peer, encoder: Encoder, options: argparse.Namespace) -> dict[str, Any]:
    store.open()
    return {"titles": [title for _, title in store.find(options.question)]}


def _warm(store: Peer, encoder: Encoder, options: argparse.Namespace) -> dict[str, Any]:
    questions = json.loads(options.questions.read_text())
    store.open()
    for question in questions[:WARM_UP]:
        store.find(f"{question} again")
    seconds, encoding, rows = [], [], []
    for question in questions:
        before, began = encoder.seconds, time.perf_counter()
        found = store.find(question)
        seconds.append(time.perf_counter() - began)
        encoding.append(encoder.seconds - before)
        rows.append([row for row, _ in found])
    memory = {"rss_mb": memory_mb("VmRSS"), "peak_mb": memory_mb("VmHWM")}
    return {"seconds": seconds, "encoding": encoding, "rows": rows, **memory}


def _update(store: Peer, encoder: Encoder, options: argparse.Namespace) -> dict[str, Any]:
    store.open()
    store.find(options.title)  # the model is loaded now, whoever loads it
    began = time.perf_counter()
    store.update(options.row, options.title)
    return {"work_s": time.perf_counter() - began}
