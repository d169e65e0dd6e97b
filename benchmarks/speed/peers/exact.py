"""Recall of what the peers found, against every cosine computed by NumPy.

    exact.py MODEL VECTORS QUESTIONS ROWS    prints {name: recall@10} for {name: rows by question}

A title as near as the tenth counts as found, whichever of the equals was given.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from protocol import COUNT, Encoder

EQUAL = 1e-5


def main() -> None:
    """Print the recalls."""
    model, vectors_file, questions_file, rows_file = map(Path, sys.argv[1:])
    asked = Encoder(model, None)(json.loads(questions_file.read_text()))
    exact = asked @ np.load(vectors_file, mmap_mode="r").T
    tenth = np.partition(exact, -COUNT, axis=1)[:, -COUNT]
    recalls = {}
    for name, rows in json.loads(rows_file.read_text()).items():
        hits = sum(
            exact[question, row] >= tenth[question] - EQUAL
            for question, found in enumerate(rows)
            for row in dict.fromkeys(found)
        )
        recalls[name] = float(hits) / (COUNT * len(rows))
    print(json.dumps(recalls))


if __name__ == "__main__":
    main()
