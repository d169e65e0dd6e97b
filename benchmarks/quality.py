"""How good the answers are: judged questions, baselines and ablations in one run.

    python -m benchmarks.quality                    the table for each half
    python -m benchmarks.quality --half development --worst
    python -m benchmarks.quality --questions        each question: won or lost against the formula
    python -m benchmarks.quality --check            fails if the committed figure fell by .02

The test half and the fresh set are for reporting alone: nothing is set on them.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from benchmarks.judged import REFUSED, Judged, read_judged
from benchmarks.systems import (
    System,
    Values,
    ablated,
    diverse,
    interval,
    measure,
    paperbot,
    systems,
    table,
    untold,
    without_adapter,
)
from paperbot import Assistant, Settings

HALVES = ("development", "test", "fresh")
# Of this set only sums are shown, so that nobody works on its questions.
BLIND = "fresh"
COMMITTED = Path(__file__).parent / "results" / "quality.json"


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


# What is taken away (or changed) in each row; only the development half sees them.
ABLATIONS: dict[str, Mapping[str, object]] = {
    "no words": {"WORDS": 0.0},
    "no name": {"NAME": 0.0},
    "no notes": {"NOTE": 0.0},
    "summaries like other notes": {"SUMMARY_LESS": 0.0},
    "likeness as it is": {"COMMON": 0.0},
    "no bridge": {"BRIDGE": 0.0},
    "no stars": {"STAR": 0.0},
    "no citations": {"CITATIONS": 0.0},
    "no stars, no citations": {"STAR": 0.0, "CITATIONS": 0.0},
    "stars and citations .15 each": {"STAR": 0.15, "CITATIONS": 0.15},
    "no newcomer weights": {"SURVEY": 0.0, "TEACHING": 0.0, "GROUNDWORK": 0.0, "EARLY": 0.0},
    "no survey first": {"SURVEY": 0.0},
    "no early work first": {"EARLY": 0.0},
    "no list's advice": {"TEACHING": 0.0},
    "no groundwork": {"GROUNDWORK": 0.0},
    "no wishes": {"WISH": 0.0},
    "recent is two years": {"RECENT_YEARS": 2.0},
    "ruled out from .35 on": {"ABOUT": 0.35},
    "no terms held word for word": {"BRIDGE_HELD": 0.0},
    "bridge shut where words are covered": {"BRIDGE_LEAST_GATE": 0.0},
    "bridge as strong for jargon": {"BRIDGE_LEAST_OF_JARGON": 1.0},
    "concepts by their nearest text alone": {"BRIDGE_DIRECTION": 0.0},
    "jargon from .55 to .75": {"BRIDGE_JARGON": (0.55, 0.75)},
    "bridge that never fades": {"BRIDGE_FADE": (-2.0, -1.0)},
    "bridge from .20 on": {"BRIDGE_FLOOR": 0.20},
    "bridge half as sharp": {"BRIDGE_SHARPNESS": 7.5},
    "no clauses": {"CLAUSE_SHARE": 9.0},
    "what is said chosen like others": {"BRIDGE_SAID": 0.0},
    "what is said fading like jargon": {"BRIDGE_LEAST_OF_SAID": 0.25},
    "bridge over 1 concept": {"BRIDGE_CONCEPTS": 1},
    "bridge .5": {"BRIDGE": 0.5},
    "words .5": {"WORDS": 0.5},
    "name .3": {"NAME": 0.3},
    "named from .3 on": {"MOSTLY_NAMED": 0.3},
}
DIVERSITY = (0.1, 0.3)
FORMULA, UNTOLD = "cosine + .4 words", "paperbot without summaries"


def _ablations(
    assistant: Assistant, questions: Sequence[Judged], compared: Mapping[str, Values]
) -> str:
    """Lay out what each part gives, with the interval of its gain."""
    ours = compared["paperbot"]
    found = {n: measure(questions, ablated(assistant, c)) for n, c in ABLATIONS.items()}
    for penalty in DIVERSITY:
        found[f"diverse by {penalty}"] = measure(questions, diverse(assistant, penalty))
    with TemporaryDirectory() as folder:
        plain = without_adapter(assistant, Path(folder))
        found["no adapter"] = measure(questions, paperbot(plain))
    found["no summaries"] = compared[UNTOLD]
    gains = []
    for name, values in found.items():
        low, high = interval(ours, values)
        gains.append(f"| {name} | {low:+.3f} to {high:+.3f} |")
    return "\n".join(
        [
            table(questions, {"paperbot": ours, **found}),
            "",
            "| paperbot against | 95% interval of the gain in nDCG@10 |",
            "| --- | --- |",
            *gains,
        ]
    )


def _by_question(
    questions: Sequence[Judged],
    ours: dict[str, dict[str, float]],
    theirs: dict[str, dict[str, float]],
) -> str:
    """List every question with both figures, the greatest loss first."""
    pairs = [(ours[q.id]["nDCG@10"], theirs[q.id]["nDCG@10"], q) for q in questions]
    won, lost = sum(a > b for a, b, _ in pairs), sum(a < b for a, b, _ in pairs)
    lines = [f"{won} won, {lost} lost, {len(pairs) - won - lost} even against {FORMULA}.", ""]
    lines += ["| paperbot | formula | kind | question |", "| --- | --- | --- | --- |"]
    for a, b, judged in sorted(pairs, key=lambda pair: pair[0] - pair[1]):
        lines.append(f"| {a:.2f} | {b:.2f} | {judged.kind} | {judged.text[:110]} |")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--worst", action="store_true", help="the ten worst questions of each half")
    parser.add_argument("--questions", action="store_true", help="wins and losses by question")
    parser.add_argument("--check", action="store_true", help="compare with the committed figure")
    parser.add_argument("--save", action="store_true", help="commit the development figure")
    args = parser.parse_args()
    assistant = Assistant.open(Settings.load(), say=lambda line: print(line, file=sys.stderr))
    every = read_judged(assistant._snapshot().catalogue.all_papers())
    if args.check or args.save:
        _check([q for q in every if q.half == "development"], assistant, save=args.save)
        return
    with TemporaryDirectory() as folder:
        less = {UNTOLD: paperbot(untold(assistant, Path(folder)))}
        for half in [args.half] if args.half else HALVES:
            _report(half, [q for q in every if q.half == half], assistant, less, args)


def _report(
    half: str,
    questions: list[Judged],
    assistant: Assistant,
    less: Mapping[str, System],
    args: argparse.Namespace,
) -> None:
    answerable = [q for q in questions if q.kind not in REFUSED]
    every = systems(assistant) | less
    compared = {name: measure(answerable, system) for name, system in every.items()}
    print(f"\n## {half}\n\n{table(answerable, compared)}\n")
    ours = compared["paperbot"]
    for other in (FORMULA, *less):
        low, high = interval(ours, compared[other])
        print(f"paperbot against {other}: 95% interval of the gain {low:+.3f} to {high:+.3f}\n")
    print(bands(assistant, questions))
    if half == "development":
        print(f"\n### What each part gives\n\n{_ablations(assistant, answerable, compared)}")
    if half == BLIND:
        return
    if args.worst:
        print("\n### The ten worst\n")
        for judged in sorted(answerable, key=lambda q: ours[q.id]["nDCG@10"])[:10]:
            print(f"- {ours[judged.id]['nDCG@10']:.2f} {judged.kind}: {judged.text}")
    if args.questions:
        print(f"\n### Question by question\n\n{_by_question(answerable, ours, compared[FORMULA])}")


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
