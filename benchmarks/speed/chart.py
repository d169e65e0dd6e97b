"""The chart of the results, drawn by matplotlib in the peers' environment.

python -m benchmarks.speed.chart RESULTS.json CHART.svg
"""

from __future__ import annotations

import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from benchmarks.speed.samples import Results

OURS = "paperbot"
# The library that is drawn: the largest of those measured that is no larger.
TITLES = 20_000
PANELS = (
    ("cold_s", "cold question (s)", 2),
    ("p50_ms", "warm question, p50 (ms)", 1),
    ("rebuild_s", "rebuild after one changed line (s)", 1),
    ("build_s", "build from text (s)", 1),
    ("rss_mb", "resident memory (MB)", 0),
    ("disk_mb", "disk (MB)", 1),
)
OUR_COLOUR, THEIR_COLOUR, INK = "#0b6e4f", "#b8bfc6", "#333333"


def draw(results: Results, path: Path) -> None:
    """Draw a panel of bars for each measure; shorter is better."""
    titles = max((n for n in results.sizes() if n <= TITLES), default=results.sizes()[0])
    names = [name for name in results.names() if "+" not in name]
    mpl.rcParams.update(
        {"svg.hashsalt": "paperbot", "svg.fonttype": "none", "font.family": "sans-serif",
         "font.size": 9, "text.color": INK, "xtick.color": INK, "ytick.color": INK}
    )  # fmt: skip
    figure, panels = plt.subplots(2, 3, figsize=(11, 5.2), layout="constrained", sharey=True)
    for panel, (key, label, decimals) in zip(panels.flat, PANELS, strict=True):
        bars = [results.median(titles, name, key) for name in names]
        _panel(panel, names, bars, label, decimals)
    trial = "TRIAL ON A BUSY MACHINE · " if "trial" in results.about else ""
    same = "same weights, same machine, same session"
    figure.suptitle(f"{trial}{titles:,} titles, {same}: shorter is better")
    figure.savefig(path, metadata={"Date": None, "Title": "Speed of paperbot and its peers"})


def _panel(
    panel: Axes, names: list[str], values: list[float | None], label: str, decimals: int
) -> None:
    """Draw one measure, a bar for each name, its value at the end."""
    known = [value or 0.0 for value in values]
    colours = [OUR_COLOUR if name == OURS else THEIR_COLOUR for name in names]
    bars = panel.barh(names, known, color=colours, height=0.7)
    words = ["–" if value is None else f"{value:,.{decimals}f}" for value in values]
    panel.bar_label(bars, words, padding=3)
    panel.set_title(label, fontsize=9.5, loc="left")
    panel.set_xlim(0, max(known, default=1.0) * 1.18 or 1.0)
    panel.xaxis.set_visible(False)
    panel.spines[["top", "right", "bottom"]].set_visible(False)
    panel.tick_params(axis="y", length=0)
    if not panel.yaxis_inverted():
        panel.invert_yaxis()


if __name__ == "__main__":
    draw(Results.load(Path(sys.argv[1])), Path(sys.argv[2]))
