"""Where close, loose and nothing end: set on the development questions alone.

    python -m benchmarks.calibrate            print the bands of the model that PAPERBOT_MODEL names
    python -m benchmarks.calibrate --save     and keep them: the next index of this model has them

For each question the evidence is that of `search/retrieve.py`. "loose" begins half-way between the
floor that answers 98.5% of the real questions and the off-topic question next below it; "close" where real questions outnumber
neighbouring and clashing ones the most (largest difference of their shares above it).
"""

from __future__ import annotations

import argparse
import os
import sys

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np

from benchmarks.judged import REFUSED, read_judged
from paperbot import Assistant, Settings
from paperbot.indexing.bands import Bands, save_bands

ANSWERED = 0.985


def main() -> None:
    """Print the floors and what they do."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--save", action="store_true", help="keep the bands for this model")
    args = parser.parse_args()
    assistant = Assistant.open(Settings.load())
    engine = assistant._snapshot()
    questions = [q for q in read_judged(engine.catalogue.all_papers()) if q.half == "development"]
    evidence = {q.id: engine.evidence(assistant.understand(q.text)) for q in questions}
    real = np.sort([evidence[q.id] for q in questions if q.kind not in REFUSED])
    by_kind = {k: np.sort([evidence[q.id] for q in questions if q.kind == k]) for k in REFUSED}
    floor = float(np.quantile(real, 1 - ANSWERED, method="lower"))
    below = by_kind["off"][by_kind["off"] < floor]
    loose = (floor + float(below.max(initial=0.0))) / 2
    cautious = np.concatenate([by_kind["neighbour"], by_kind["clash"]])
    floors = np.unique(np.concatenate([real, cautious]))
    gains = [np.mean(real >= f) - np.mean(cautious >= f) for f in floors]
    close = float(floors[int(np.argmax(gains))])
    print(f"loose {loose:.3f}  close {close:.3f}")
    print("real", np.round(real[:30], 2))
    for kind, values in by_kind.items():
        print(kind, np.round(values, 2), f"refused {np.mean(values < loose):.2f}")
    if args.save:
        manifest = engine.manifest
        bands = Bands(round(loose, 3), round(close, 3))
        save_bands(manifest.fingerprint, manifest.model, bands)
        print("Kept. Build the index anew: paperbot build", file=sys.stderr)


if __name__ == "__main__":
    main()
