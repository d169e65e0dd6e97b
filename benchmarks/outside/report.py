"""The outside measures as Markdown: each builds its corpora, asks, and lays out a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from ir_measures import RR, R, nDCG

from benchmarks.judged import Judged
from benchmarks.outside import likeness, paths, reading_lists, sections
from benchmarks.outside.corpus import Corpus, Lacking, build
from benchmarks.systems import Values, ablated, interval, measure, systems, table

MEASURES = [nDCG @ 10, R @ 10, RR @ 10]
ABLATIONS = {
    "no bridge": {"BRIDGE": 0.0},
    "bridge in full": {"BRIDGE_LEAST_OF_FIT": 1.0},
    "no words": {"WORDS": 0.0},
    "no stars, no citations": {"STAR": 0.0, "CITATIONS": 0.0},
}
LIKENESS = {"likeness as it is": {"COMMON": 0.0}, "common taken off by .5": {"COMMON": 0.5}}
OURS, PLAIN, UNTOLD = "paperbot", "paperbot without the adapter", "paperbot without summaries"
# What is asked of an index that lacks something, and the row it becomes.
LESS: dict[Lacking, dict[str, str]] = {
    "adapter": {"dense": "dense without the adapter", OURS: PLAIN},
    "summaries": {OURS: UNTOLD},
}
WAYS: tuple[Lacking | None, ...] = (None, *LESS)


def retrieval_report(folder: Path, work: Path) -> str:
    """Report what is found of each teacher's list among all papers."""
    rows, experts = reading_lists.read(folder)
    values: dict[str, Values] = {}
    for lacking in WAYS:
        corpus = build(rows, work / f"{lacking}", lacking=lacking, counted=reading_lists.COUNTED)
        asked = reading_lists.questions(experts, corpus)
        values |= _compare(asked, corpus, lacking)
    head = (
        f"## Teachers' reading lists\n\n{len(rows)} papers of {len(experts)} lists that tutorial "
        "teachers wrote for their field (NLP). Three annotators\nasked for each list by keywords "
        "and by a sentence. Intervals draw whole lists.\n\n"
    )
    return head + table(asked, values) + _intervals(values, lambda q: q.split()[0])


def sections_report(folder: Path, work: Path) -> str:
    """Report what is found of each section within its list."""
    lists = sections.read(folder)
    values: dict[str, Values] = {}
    every: dict[str, Judged] = {}
    for lacking in WAYS:
        for number, one in enumerate(lists):
            corpus = build(one.rows, work / f"{number}-{lacking}", lacking=lacking)
            asked = sections.questions(one, corpus)
            every |= {question.id: question for question in asked}
            for name, found in _compare(asked, corpus, lacking).items():
                values[name] = values.get(name, {}) | found
    head = (
        "## Sections of public lists\n\nWithin one list a heading asks (alone, or as “what should I "
        "read on …?”) and its entries are the answer.\n"
        f"{len(lists)} lists, {len(every) // 2} sections of {sections.SMALLEST} to "
        f"{sections.LARGEST} papers, at most {sections.MOST_SECTIONS} a list. “Seen” are lists "
        f"with {sections.SEEN:.0%} or more of\ntheir titles among those that the adapter learnt "
        "from. Intervals draw whole sections of\nthe new lists.\n\n"
    )
    new = {question.id for question in every.values() if question.kind.startswith("new")}
    unseen = {name: {q: v[q] for q in v if q in new} for name, v in values.items()}
    laid_out = table(list(every.values()), values)
    return head + laid_out + _intervals(unseen, lambda q: q.rpartition(" ")[0])


def likeness_report(folder: Path, work: Path) -> str:
    """Report what is found of a paper's neighbours in its section by those who name the paper."""
    values: dict[str, Values] = {}
    every: list[Judged] = []
    for number, one in enumerate(sections.read(folder)):
        corpus = build(one.rows, work / str(number))
        asked = likeness.questions(one, corpus)
        every += asked
        by = {
            name: likeness.without_itself(corpus.assistant, system)
            for name, system in systems(corpus.assistant).items()
            if name != OURS
        }
        by[OURS] = likeness.similar(corpus.assistant)
        for name, changes in (ABLATIONS | LIKENESS).items():
            by[f"paperbot, {name}"] = ablated(corpus.assistant, changes, likeness.similar)
        for name, system in by.items():
            values[name] = values.get(name, {}) | measure(asked, system, MEASURES)
    head = (
        "## Papers like one\n\nWithin the same lists a paper's title asks for its like, and the other "
        f"papers of its section answer:\n{len(every)} papers, at most {likeness.ASKING} a section. "
        "Intervals draw whole sections.\n\n"
    )
    gains = ["\n\npaperbot's gain in nDCG@10 (95% interval, paired bootstrap):\n"]
    for name in (
        "dense",
        "cosine + .4 words",
        "paperbot, likeness as it is",
        "paperbot, bridge in full",
    ):
        low, high = interval(values[OURS], values[name], together=lambda q: q.rpartition(" ")[0])
        gains.append(f"- against {name}: {low:+.3f} to {high:+.3f}")
    return head + table(every, values) + "\n".join(gains)


def paths_report(folder: Path, work: Path) -> str:
    """Report reading paths against the teachers' own lists."""
    rows, experts = reading_lists.read(folder)
    corpus = build(rows, work, counted=reading_lists.COUNTED)
    lines = [
        "## Reading paths\n",
        f"The path for a list's title and keywords against other ways to choose as many of the "
        f"{paths.CANDIDATES} most relevant\npapers. Share of the teacher's list found; share of "
        "the steps that stand on it; agreement with the teacher's\norder (Kendall's tau-b, −1 to "
        "1) on the papers found, and on all of the list among the candidates; in brackets,\nof "
        "how many lists. Paths were set on the development half.",
    ]
    for half in ("development", "report"):
        asked = paths.ask([one for one in experts if one.half == half], corpus)
        values = paths.measure(asked)
        lines.append(f"\n### {half} half\n\n{paths.table(values)}\n")
        for measured in (paths.FOUND, paths.ORDER):
            low, high = paths.gain(values, "plain relevance", measured)
            lines.append(
                f"Path against plain relevance, {measured}: 95% interval of the gain "
                f"{low:+.3f} to {high:+.3f}  "
            )
    lines.append(
        "\nA path chooses by relevance, so it finds what plain relevance finds; what it adds is the "
        "order. Of few lists\nare two papers or more among the steps: the intervals of the order "
        "are wide."
    )
    return "\n".join(lines)


def _compare(asked: Sequence[Judged], corpus: Corpus, lacking: Lacking | None) -> dict[str, Values]:
    """Measure every system, and what paperbot is without some of its parts."""
    every = systems(corpus.assistant)
    if lacking:
        return {new: measure(asked, every[old], MEASURES) for old, new in LESS[lacking].items()}
    for name, changes in ABLATIONS.items():
        every[f"paperbot, {name}"] = ablated(corpus.assistant, changes)
    return {name: measure(asked, system, MEASURES) for name, system in every.items()}


def _intervals(values: dict[str, Values], together: Callable[[str], str]) -> str:
    """Tell how sure it is that paperbot differs from the best baseline, and from less of itself."""
    baselines = [name for name in values if not name.startswith(OURS)]
    best = max(baselines, key=lambda name: np.mean([v["nDCG@10"] for v in values[name].values()]))
    lines = ["\n\npaperbot's gain in nDCG@10 (95% interval, paired bootstrap):\n"]
    for name in (best, PLAIN, UNTOLD, "paperbot, no bridge", "paperbot, bridge in full"):
        low, high = interval(values[OURS], values[name], together=together)
        lines.append(f"- against {name}: {low:+.3f} to {high:+.3f}")
    return "\n".join(lines)
