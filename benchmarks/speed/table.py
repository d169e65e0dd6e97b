"""The results as one page of Markdown."""

from __future__ import annotations

from benchmarks.speed.samples import MEASURES, Measure, Results
from benchmarks.speed.theirs import ON_ONNX

OURS = "paperbot"

_HEAD = """# Speed: all figures

Made by `python -m benchmarks.speed`; what they mean against the targets stands in [speed.md](speed.md).

Every value is the median of the runs in the last column (once what no run changes); behind it, how
many times paperbot's it is: above 1 is paperbot's gain. All ran in one session, in turns. A process
is cold, the disk's cache is warm. MB are 10⁶ bytes.

"""

_TRIAL = """**A trial: {why}. These figures prove that the benchmark runs, and nothing else.**

"""

_NOTES = """
What is compared:

- The peers embed and search titles, by sentence-transformers with all-MiniLM-L6-v2 in their own
  environment, each as its documentation shows it; each has its script in `benchmarks/speed/peers/`.
  txtai stores its content, chromadb has a persistent collection, lancedb a table without an index
  (its documentation advises one from about a million rows), vicinity its exact backend, which
  alone can change an item, and usearch, its fastest.
- paperbot does more for a question: beside the vectors it looks up words, names and the glossary,
  repairs spelling, weighs stars and citations, and explains each hit. It embeds a title together
  with its heading, and notes, summaries, sections and the glossary too; its build reads Markdown and its
  rebuild reads the lists again. Its weights are the same with its own adapter merged in.
- Its encoder is exported to ONNX once on a machine: the first build of the lab's lists took
  {first}, export included. That file (91 MB) is not counted as disk, nor are the peers' weights.
- Questions are the {questions} judged ones of `benchmarks/questions`, above 20,000 titles every
  twelfth of them, each asked once in a round.
{larger}
- Resident memory counts pages of files mapped into memory, as Linux does.
- recall@10 is measured against exact search by NumPy over the same vectors: for paperbot its own
  (its meaning part alone), for the peers the plain script's. Equally near titles count as found.
"""

_ONNX = """
## The peers with paperbot's way of encoding

The same stores, asked by the same peers with the plain model exported to ONNX in place of
sentence-transformers: what of the difference is the encoder, and what the rest. txtai imports torch
all the same.

"""

_LARGER = """\
- 20,000 titles and more begin with those of real lists (how many is told below); the rest are
  beginnings of such titles joined to the ends of others. Above 20,000 the vectors are given to all
  alike: those of the first 20,000, then the same with noise (cosine about .89); a build then
  encodes no titles."""


def page(results: Results) -> str:
    """Write the whole page."""
    about = results.about
    first = results.median(0, OURS, "first_build_s")
    notes = _NOTES.format(
        first=f"{first:.1f} s" if first else "(not measured)",
        questions=about["questions"],
        larger=_LARGER,
    )
    names = [name for name in results.names() if not name.endswith(ON_ONNX)]
    on_onnx = [OURS, *(name for name in results.names() if name.endswith(ON_ONNX))]
    facts = "".join(f"- {name}: {value}\n" for name, value in about.items())
    trial = _TRIAL.format(why=about["trial"]) if "trial" in about else ""
    page = _HEAD + trial + _table(results, names) + _help(results) + notes
    if len(on_onnx) > 1:
        asked = ("cold_s", "p50_ms", "p95_ms", "encoding_ms", "rss_mb", "peak_mb", "cold_peak_mb")
        page += _ONNX + _table(results, on_onnx, asked)
    return page + f"\n## How it was measured\n\n{facts}"


def _table(results: Results, names: list[str], keys: tuple[str, ...] | None = None) -> str:
    """Write one table, sizes one after the other."""
    heads = ["titles", "", *(name.removesuffix(ON_ONNX) for name in names), "runs"]
    lines = [_line(heads), _line(["---:", "---", *["---:"] * len(names), "---:"])]
    for titles in results.sizes():
        for measure in MEASURES:
            if keys is not None and measure.key not in keys:
                continue
            cells = [_cell(results, titles, name, measure) for name in names]
            if any(cell != "–" for cell in cells):
                runs = _runs(results, titles, names, measure.key)
                lines.append(_line([f"{titles:,}", measure.label, *cells, runs]))
    return "\n".join(lines) + "\n"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(results: Results, titles: int, name: str, measure: Measure) -> str:
    """Write a value, and for a peer how many times paperbot's it is."""
    value = results.median(titles, name, measure.key)
    ours = results.median(titles, OURS, measure.key)
    if value is None:
        return "–"
    text = f"{value:,.{measure.decimals}f}"
    if name == OURS or not ours or measure.key == "recall":
        return text
    return f"{text} ({_ratio(value / ours)}×)"


def _ratio(ratio: float) -> str:
    """Write a ratio with two digits that matter."""
    return f"{ratio:.0f}" if ratio >= 9.95 else f"{ratio:.1f}" if ratio >= 0.95 else f"{ratio:.2f}"


def _runs(results: Results, titles: int, names: list[str], key: str) -> str:
    """Tell how many runs a row rests on: one number, or the least and the most."""
    counts = {len(results.values(titles, name, key)) for name in names} - {0}
    return "–".join(str(count) for count in sorted({min(counts), max(counts)}))


def _help(results: Results) -> str:
    """Tell what the help page costs."""
    ours = results.median(0, OURS, "help_s")
    empty = results.median(0, "empty typer app", "help_s")
    if ours is None or empty is None:
        return ""
    runs = len(results.values(0, OURS, "help_s"))
    return (
        f"\n`paperbot --help` takes {ours:.3f} s, an empty typer app with as many commands "
        f"({results.about['commands']}) {empty:.3f} s: {ours / empty:.2f} times as long "
        f"(runs: {runs}).\n"
    )
