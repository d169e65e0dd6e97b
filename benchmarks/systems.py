"""The systems that are compared, and the measures they are compared by.

Every system answers from the same index: a baseline with the vectors or the words of the same
papers, paperbot as a member meets it.
"""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import RR, Measure, R, nDCG

from benchmarks.judged import Judged
from paperbot import Assistant
from paperbot.indexing import text
from paperbot.indexing.sources import curated_files
from paperbot.paper import SUMMARIES
from paperbot.search import weights
from paperbot.search.phrasing import strip_phrasing
from paperbot.search.words import content_words, coverage

# Of graded questions any grade counts as found; the first good answer has grade 2 or 3.
MEASURES = [nDCG @ 10, R(rel=1) @ 10, RR(rel=2) @ 10]
DEPTH = 20
Run = dict[str, float]
System = Callable[[Judged], Run]

Values = dict[str, dict[str, float]]
"""Measures by question, and within a question by the measure's name."""


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

    def all_texts(self, judged: Judged) -> Run:
        """The nearest of a paper's title and of its notes and summary, as paperbot has them."""
        owners = self.engine.catalogue.columns.note_owner
        rows = np.arange(len(self.ids) + len(owners))
        near = self.engine.vectors.cosines(self.engine.embed([judged.text]), rows)[0]
        best = near[: len(self.ids)].copy()
        np.maximum.at(best, owners, near[len(self.ids) :])
        return self.run(best)

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
        topic = strip_phrasing(judged.text)
        found = self.engine.catalogue.look_up(content_words(topic))
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


def measure(
    questions: Sequence[Judged], system: System, measures: Sequence[Measure] = MEASURES
) -> Values:
    """Give each question's measures, by question id."""
    qrels, run = [], []
    for judged in questions:
        qrels += [ir_measures.Qrel(judged.id, p, g) for p, g in judged.grades.items()]
        run += [ir_measures.ScoredDoc(judged.id, p, s) for p, s in system(judged).items()]
    values: Values = {q.id: {} for q in questions}
    for found in ir_measures.iter_calc(measures, qrels, run):
        values[found.query_id][str(found.measure)] = found.value
    return {q: {str(m): v.get(str(m), 0.0) for m in measures} for q, v in values.items()}


def table(questions: Sequence[Judged], values: dict[str, Values]) -> str:
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
        names = list(found[questions[0].id])
        row += [_mean([found[q.id][name] for q in questions]) for name in names]
        lines.append(" | ".join(row))
    return "\n".join(f"| {line} |" for line in lines)


def _mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3f}".lstrip("0") if values else "–"


def interval(
    ours: Values, theirs: Values, *, together: Callable[[str], str] = str, by: str = "nDCG@10"
) -> tuple[float, float]:
    """Give the 95% interval of the mean difference in a measure by paired bootstrap.

    Questions of which ``together`` says the same are drawn as one: several wordings of one need
    are no independent witnesses.
    """
    groups: dict[str, list[float]] = defaultdict(list)
    for q in ours:
        groups[together(q)].append(ours[q][by] - theirs[q][by])
    differences = [float(np.mean(group)) for group in groups.values()]
    sample = random.Random(1)
    means = sorted(
        float(np.mean(sample.choices(differences, k=len(differences)))) for _ in range(2000)
    )
    return means[50], means[1949]


def systems(assistant: Assistant) -> dict[str, System]:
    """Give every system to compare, ours last."""
    base = Baselines(assistant)
    return {
        "BM25": base.bm25,
        "dense": base.dense,
        "dense, notes and summaries too": base.all_texts,
        "rank fusion": base.fused,
        "cosine + .4 words": base.formula,
        "paperbot": paperbot(assistant),
    }


def ablated(
    assistant: Assistant,
    changes: Mapping[str, object],
    ask: Callable[[Assistant], System] = paperbot,
) -> System:
    """Give paperbot, as it is asked, with other weights."""
    ours = ask(assistant)

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


def without_adapter(assistant: Assistant, folder: Path) -> Assistant:
    """Give paperbot over the same lists with MiniLM as it was published, indexed in ``folder``."""
    choice = replace(assistant._upkeep.choice, adapter=None)
    plain = Assistant(assistant._upkeep.sources, folder, choice)
    plain.refresh()
    return plain


def without_summaries(curated: Path, folder: Path) -> Path:
    """Copy the curated files but the summaries into a folder below ``folder``, and give it."""
    less = folder / "curated"
    less.mkdir(parents=True, exist_ok=True)
    for name, file in curated_files(curated).items():
        if name != SUMMARIES:
            shutil.copy(file, less)
    return less


def untold(assistant: Assistant, folder: Path) -> Assistant:
    """Give paperbot over the same lists without summaries, indexed in ``folder``."""
    sources = assistant._upkeep.sources
    less = replace(sources, curated_dir=without_summaries(sources.curated_dir, folder))
    plain = Assistant(less, folder / "index", assistant._upkeep.choice)
    plain.refresh()
    return plain


def diverse(assistant: Assistant, penalty: float) -> System:
    """Give paperbot's ranking made diverse: maximal marginal relevance (Carbonell & Goldstein, 1998).

    Each next paper is the one of the best score less ``penalty`` times its largest cosine to
    those before it.
    """
    corpus = assistant._snapshot().corpus
    every = np.eye(corpus.vectors.dimension, dtype=np.float32)

    def run(judged: Judged) -> Run:
        hits = list(assistant.ask(judged.text, count=DEPTH).hits)
        rows = np.array([corpus.catalogue.row_of(hit.paper.id) for hit in hits], np.int64)
        if not len(rows):
            return {}
        vectors = corpus.vectors.cosines(every, rows).T
        scores = np.array([hit.score for hit in hits])
        picked: list[int] = []
        while len(picked) < len(hits):
            alike = (vectors @ vectors[picked].T).max(axis=1) if picked else np.zeros(len(hits))
            value = scores - penalty * alike
            value[picked] = -np.inf
            picked.append(int(value.argmax()))
        return {hits[at].paper.id: float(DEPTH - i) for i, at in enumerate(picked)}

    return run
