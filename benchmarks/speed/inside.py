"""What is measured inside a process of paperbot; each command prints one line of JSON.

python -m benchmarks.speed.inside warm QUESTIONS      times of an open assistant, its memory
python -m benchmarks.speed.inside recall QUESTIONS    its nearest vectors against exact search
python -m benchmarks.speed.inside refresh LISTS N     a changed line taken in while open
python -m benchmarks.speed.inside export FOLDER       the plain model as ONNX
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

# As paperbot's own commands and its bot set it, before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from benchmarks.speed.contender import QUESTION, Warm
from benchmarks.speed.ours import change_line
from benchmarks.speed.peers.protocol import COUNT, WARM_UP, memory_mb
from paperbot import Assistant, Settings


def warm(questions_file: str) -> dict[str, object]:
    """Ask every question once, then encode each alone, as told apart in the peers."""
    questions = json.loads(Path(questions_file).read_text())
    assistant = Assistant.open(Settings.load(), build=False)
    for question in questions[:WARM_UP]:
        assistant.ask(f"{question} again", count=COUNT)
    seconds = []
    for question in questions:
        began = time.perf_counter()
        assistant.ask(question, count=COUNT)
        seconds.append(time.perf_counter() - began)
    rss, peak = memory_mb("VmRSS"), memory_mb("VmHWM")
    encoder = assistant._snapshot().corpus.encoder()
    encoding = []
    for question in questions:
        began = time.perf_counter()
        encoder.encode_questions([question])
        encoding.append(time.perf_counter() - began)
    return asdict(Warm(seconds, encoding, rss, peak, []))


def recall(questions_file: str) -> dict[str, object]:
    """Give the share of the exact ten nearest vectors that the index finds, equals counting."""
    questions = json.loads(Path(questions_file).read_text())
    corpus = Assistant.open(Settings.load(), build=False)._snapshot().corpus
    asked = corpus.embed(questions)
    exact = corpus.vectors.cosines(asked, np.arange(len(corpus.vectors)))
    found, _ = corpus.vectors.nearest(asked, COUNT)
    tenth = np.sort(exact, axis=1)[:, -COUNT]
    hits = np.take_along_axis(exact, found, axis=1) >= tenth[:, None] - 1e-5
    return {"recall": float(hits.mean())}


def refresh(lists: str, number: str) -> dict[str, object]:
    """Change a line under an assistant that has answered, and let it build and reload."""
    assistant = Assistant.open(Settings.load(), build=False)
    assistant.ask(QUESTION)
    change_line(Path(lists), int(number))
    began = time.perf_counter()
    built = assistant.refresh()
    seconds = time.perf_counter() - began
    assert built is not None
    return {"s": seconds, "embedded": built.embedded}


def export(folder: str) -> dict[str, object]:
    """Export the default weights without paperbot's adapter, proven equal."""
    from paperbot.indexing.encoder import TorchEncoder
    from paperbot.indexing.export import export as export_to
    from paperbot.indexing.model import default_fingerprint, locate

    export_to(TorchEncoder(locate(None)), default_fingerprint(None), Path(folder), [])
    return {}


if __name__ == "__main__":
    command, *words = sys.argv[1:]
    print(json.dumps({f.__name__: f for f in (warm, recall, refresh, export)}[command](*words)))
