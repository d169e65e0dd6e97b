"""How good the answers are: judged questions, baselines and ablations in one run.

    python -m benchmarks.quality                    the table for both halves
    python -m benchmarks.quality --half development --worst
    python -m benchmarks.quality --check            fails if the committed figure fell by .02

The test half is for reporting alone: nothing is set on it.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import ir_measures
from ir_measures import RR, R, nDCG

from benchmarks.judged import REFUSED, Judged, read_judged
from paperbot import Assistant, Settings
from paperbot.indexing import text
from paperbot.search import weights
from paperbot.search.understand import understand
from paperbot.search.words import content_words, coverage

MEASURES = [nDCG @ 10, R(rel=1) @ 10, RR(rel=2) @ 10]
COMMITTED = Path(__file__).parent / "results" / "quality.json"
DEPTH = 20
Run = dict[str, float]
System = Callable[[Judged], Run]


class Baselines:
    """What simple systems find with the same vectors and words."""

    def __init__(self, assistant: Assistant) -> None:
        import bm25s

        self.engine = assistant._snapshot().corpus
        self.papers = self.engine.catalogue.all_papers()
        self.ids = [paper.id for paper in self.papers]
        heads = [text.head_words(paper) for paper in self.papers]
        self._bm25 = bm25s.BM25()
        self._bm25.index(
            bm25s.tokenize(heads, stopwords="en", show_progress=False), show_progress=False
        )
        self._tokenize = lambda q: bm25s.tokenize(q, stopwords="en", show_progress=False)

    def run(self, scores: np.ndarray) -> Run:
        order = np.argsort(-scores, kind="stable")[:DEPTH]
        return {self.ids[row]: float(scores[row]) for row in order}

    def cosines(self, judged: Judged) -> np.ndarray:
        rows = np.arange(len(self.ids))
        return self.engine.vectors.cosines(self.engine.embed([judged.text]), rows)[0]

    def words(self, judged: Judged) -> np.ndarray:
        tokens = self._tokenize(judged.text)
        if not any(len(ids) for ids in tokens.ids):
            return np.zeros(len(self.ids), np.float32)
        found, scores = self._bm25.retrieve(tokens, k=len(self.ids), show_progress=False)
        flat = np.zeros(len(self.ids), np.float32)
        flat[found[0]] = scores[0]
        return flat

    def dense(self, judged: Judged) -> Run:
        return self.run(self.cosines(judged))

    def bm25(self, judged: Judged) -> Run:
        return self.run(self.words(judged))

    def fused(self, judged: Judged) -> Run:
        """Reciprocal rank fusion, k = 60 (Cormack et al., 2009)."""
        total = np.zeros(len(self.ids))
        for scores in (self.cosines(judged), self.words(judged)):
            rank = np.empty(len(scores))
            rank[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
            total += 1 / (60 + rank + 1)
        return self.run(total)

    def formula(self, judged: Judged) -> Run:
        """The cosine and .4 of the words covered, phrasing stripped."""
        topic = understand(judged.text, this_year=2026).text
        found, _ = self.engine.catalogue.look_up(content_words(topic), [])
        cosines = self.engine.vectors.cosines(self.engine.embed([topic]), np.arange(len(self.ids)))[
            0
        ]
        return self.run(cosines + 0.4 * coverage(found, len(self.ids)).head)


def paperbot(assistant: Assistant) -> System:
    """The whole of paperbot, as a member meets it."""

    def run(judged: Judged) -> Run:
        answer = assistant.ask(judged.text, count=DEPTH)
        return {hit.paper.id: float(DEPTH - i) for i, hit in enumerate(answer.hits)}

    return run


def measure(questions: Sequence[Judged], system: System) -> dict[str, dict[str, float]]:
    """Give each question's measures, by question id."""
    qrels, run = [], []
    for judged in questions:
        qrels += [ir_measures.Qrel(judged.id, p, g) for p, g in judged.grades.items()]
        run += [ir_measures.ScoredDoc(judged.id, p, s) for p, s in system(judged).items()]
    values: dict[str, dict[str, float]] = {q.id: {} for q in questions}
    for found in ir_measures.iter_calc(MEASURES, qrels, run):
        values[found.query_id][str(found.measure)] = found.value
    return {q: {str(m): v.get(str(m), 0.0) for m in MEASURES} for q, v in values.items()}


def table(questions: Sequence[Judged], values: dict[str, dict[str, dict[str, float]]]) -> str:
    """Lay out nDCG@10 by kind, and every measure over all, a row a system."""
    kinds = list(dict.fromkeys(q.kind for q in questions))
    head = ["system", *kinds, "all nDCG@10", "R@10", "MRR@10"]
    lines = [" | ".join(head), " | ".join("---" for _ in head)]
    counts = [str(sum(q.kind == kind for q in questions)) for kind in kinds]
    lines.append(" | ".join(["*questions*", *counts, str(len(questions)), "", ""]))
    for name, found in values.items():
        row = [name]
        for kind in kinds:
            row.append(_mean([found[q.id]["nDCG@10"] for q in questions if q.kind == kind]))
        row += [_mean([found[q.id][str(m)] for q in questions]) for m in MEASURES]
        lines.append(" | ".join(row))
    return "\n".join(f"| {line} |" for line in lines)


def _mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3f}".lstrip("0") if values else "–"


def interval(
    ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]
) -> tuple[float, float]:
    """Give the 95% interval of the difference in nDCG@10 by paired bootstrap."""
    differences = [ours[q]["nDCG@10"] - theirs[q]["nDCG@10"] for q in ours]
    sample = random.Random(1)
    means = sorted(
        float(np.mean(sample.choices(differences, k=len(differences)))) for _ in range(2000)
    )
    return means[50], means[1949]


def bands(assistant: Assistant, questions: Sequence[Judged]) -> str:
    """Tell how often each kind of question is called close, loose and nothing."""
    counts: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for judged in questions:
        kind = judged.kind if judged.kind in REFUSED else "answerable"
        counts[kind][assistant.ask(judged.text).confidence] += 1
    lines = ["| questions | close | loose | nothing |", "| --- | --- | --- | --- |"]
    for kind, found in counts.items():
        lines.append(f"| {kind} | {found['close']} | {found['loose']} | {found['nothing']} |")
    refused = sum(counts[k]["nothing"] for k in ("off",))
    off = sum(counts["off"].values())
    answered = counts["answerable"]["close"] + counts["answerable"]["loose"]
    real = sum(counts["answerable"].values())
    nothing = sum(found["nothing"] for found in counts.values())
    wrong = counts["answerable"]["nothing"]
    lines.append("")
    lines.append(
        f"Off-topic refused {refused}/{off}; real questions answered {answered}/{real}; "
        f"precision of refusals {(nothing - wrong)}/{nothing}."
    )
    return "\n".join(lines)


ABLATIONS = {
    "no words": {"WORDS": 0.0},
    "no name": {"NAME": 0.0},
    "no notes": {"NOTE": 0.0},
    "no bridge": {"BRIDGE": 0.0},
    "no stars, no citations": {"STAR": 0.0, "CITATIONS": 0.0},
    "stars and citations .15 each": {"STAR": 0.15, "CITATIONS": 0.15},
}


def systems(assistant: Assistant) -> dict[str, System]:
    """Give every system to compare, ours last."""
    base = Baselines(assistant)
    return {
        "BM25": base.bm25,
        "dense": base.dense,
        "rank fusion": base.fused,
        "cosine + .4 words": base.formula,
        "paperbot": paperbot(assistant),
    }


def ablated(assistant: Assistant, changes: dict[str, float]) -> System:
    """Give paperbot with other weights."""
    ours = paperbot(assistant)

    def run(judged: Judged) -> Run:
        kept = {name: getattr(weights, name) for name in changes}
        try:
            for name, value in changes.items():
                setattr(weights, name, value)
            return ours(judged)
        finally:
            for name, value in kept.items():
                setattr(weights, name, value)

    return run


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=["development", "test"])
    parser.add_argument("--worst", action="store_true", help="the ten worst questions of the half")
    parser.add_argument("--check", action="store_true", help="compare with the committed figure")
    parser.add_argument("--save", action="store_true", help="commit the development figure")
    args = parser.parse_args()
    assistant = Assistant.open(Settings.load(), say=lambda line: print(line, file=sys.stderr))
    every = read_judged(assistant._snapshot().catalogue.all_papers())
    if args.check or args.save:
        _check([q for q in every if q.half == "development"], assistant, save=args.save)
        return
    for half in [args.half] if args.half else ["development", "test"]:
        mine = [q for q in every if q.half == half]
        _report(half, mine, assistant, worst=args.worst and half == "development")


def _report(half: str, questions: list[Judged], assistant: Assistant, *, worst: bool) -> None:
    answerable = [q for q in questions if q.kind not in REFUSED]
    compared = {name: measure(answerable, system) for name, system in systems(assistant).items()}
    print(f"\n## {half} half\n\n{table(answerable, compared)}\n")
    ours = compared["paperbot"]
    for name in ("cosine + .4 words",):
        low, high = interval(ours, compared[name])
        print(f"paperbot against {name}: 95% interval of the gain {low:+.3f} to {high:+.3f}\n")
    if half == "development":
        print("Ablations:\n")
        found = {n: measure(answerable, ablated(assistant, c)) for n, c in ABLATIONS.items()}
        print(table(answerable, {"paperbot": ours, **found}), "\n")
    print(bands(assistant, questions))
    if worst:
        print("\nThe ten worst:")
        for judged in sorted(answerable, key=lambda q: ours[q.id]["nDCG@10"])[:10]:
            print(f"  {ours[judged.id]['nDCG@10']:.2f} {judged.kind}: {judged.text}")


def _check(questions: list[Judged], assistant: Assistant, *, save: bool) -> None:
    answerable = [q for q in questions if q.kind not in REFUSED]
    found = measure(answerable, paperbot(assistant))
    now = float(np.mean([values["nDCG@10"] for values in found.values()]))
    if save:
        COMMITTED.write_text(json.dumps({"development nDCG@10": round(now, 4)}) + "\n")
        return
    before = json.loads(COMMITTED.read_text())["development nDCG@10"]
    print(f"development nDCG@10 {now:.4f}, committed {before:.4f}")
    if now < before - 0.02:
        sys.exit("The ranking fell by more than .02 on the development half.")


if __name__ == "__main__":
    main()
