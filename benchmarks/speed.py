"""How fast paperbot is, as ratios to a plain sentence-transformers + NumPy script in the same run.

    python -m benchmarks.speed            186 and 20,000 titles

Cold times are whole processes, the median of five. The titles of the large library are the lab's
with two numbered words each, so that every text is new to the encoder; its vectors are real.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

import numpy as np

from paperbot import Assistant, Settings

ROOT = Path(__file__).parents[1]
RUNS = 5
QUESTION = "what should I read on KV cache compression?"

PLAIN = """
import json, sys, time
import numpy as np
from sentence_transformers import SentenceTransformer
from paperbot.indexing.model import locate
model = SentenceTransformer(str(locate(None).folder), device="cpu", local_files_only=True)
titles = json.load(open(sys.argv[1]))
if sys.argv[2] == "build":
    began = time.perf_counter()
    np.save(sys.argv[3], model.encode(titles, batch_size=32, normalize_embeddings=True))
    print(time.perf_counter() - began)
else:
    vectors = np.load(sys.argv[3])
    scores = vectors @ model.encode([sys.argv[4]], normalize_embeddings=True)[0]
    print([titles[i] for i in np.argsort(-scores)[:5]])
"""

TYPER = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
def command(): "Do nothing."
for name in "ask similar show sections build path bot health lists".split():
    app.command(name)(command)
app()
"""


def process(*command: object, env: dict[str, str] | None = None) -> float:
    """Run a process to its end and give its seconds, the median of five."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run([str(c) for c in command], env=env, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def library(home: Path, copies: int) -> tuple[dict[str, str], list[str]]:
    """Write a library of the lab's titles, ``copies`` of each told apart by words, in 100 files."""
    titles = json.loads((home / "titles.json").read_text())
    many = titles if copies == 1 else [
        f"{title} variant {i} of case {n}" for i in range(copies) for n, title in enumerate(titles)
    ]  # fmt: skip
    lists = home / f"data{copies}" / "lists"
    lists.mkdir(parents=True)
    files = 3 if copies == 1 else 100
    for at in range(files):
        lines = [f"{i}. [C{i} 2024] {title}" for i, title in enumerate(many[at::files], 1)]
        (lists / f"list{at:03}.md").write_text(f"## Part {at}\n" + "\n".join(lines) + "\n")
    env = {
        **os.environ,
        "PAPERBOT_DATA_DIR": str(home / f"data{copies}"),
        "PAPERBOT_INDEX_DIR": str(home / f"index{copies}"),
        "PAPERBOT_ENCODER_DIR": str(ROOT / "index" / "encoder"),
    }
    return env, many


def measure(home: Path, copies: int, plain: Path) -> None:
    """Print the rows of one size."""
    env, titles = library(home, copies)
    program = [sys.executable, "-m", "paperbot"]
    titles_file, vectors = home / f"titles{copies}.json", home / f"plain{copies}.npy"
    titles_file.write_text(json.dumps(titles))
    began = time.perf_counter()
    built = subprocess.run([*program, "build"], env=env, check=True, capture_output=True, text=True)
    ours = time.perf_counter() - began
    theirs = float(
        subprocess.run(
            [sys.executable, plain, titles_file, "build", vectors],
            check=True, capture_output=True, text=True,
        ).stdout
    )  # fmt: skip
    row(len(titles), "build from text, s (theirs: encoding alone)", ours, theirs)
    cold = process(*program, "ask", QUESTION, env=env)
    cold_plain = process(sys.executable, plain, titles_file, "ask", vectors, QUESTION)
    row(len(titles), "cold question, s", cold, cold_plain)
    path = home / f"data{copies}" / "lists" / "list000.md"
    path.write_text(path.read_text() + "999. [C1 2025] One Entirely New Line of Work\n")
    began = time.perf_counter()
    built = subprocess.run([*program, "build"], env=env, check=True, capture_output=True, text=True)
    print(
        f"| {len(titles):,} | rebuild after one line, s | {time.perf_counter() - began:.2f} | – | – |"
    )
    print(f"<!-- {built.stderr.strip().splitlines()[-1]} -->")
    warm(env, len(titles))


def warm(env: dict[str, str], size: int) -> None:
    """Print warm times of an open assistant against the encoding alone, and its memory."""
    settings = Settings(
        data_dir=Path(env["PAPERBOT_DATA_DIR"]),
        index_dir=Path(env["PAPERBOT_INDEX_DIR"]),
        encoder_dir=Path(env["PAPERBOT_ENCODER_DIR"]),
        _env_file=None,
    )
    assistant = Assistant.open(settings)
    encoder = assistant._snapshot().corpus.encoder()
    asked, encoded = [], []
    for i in range(220):
        text = f"{QUESTION[:-1]} number {i}"
        began = time.perf_counter()
        encoder.encode_questions([text])
        encoded.append(time.perf_counter() - began)
        began = time.perf_counter()
        assistant.ask(text + " please")
        asked.append(time.perf_counter() - began)
    asked, encoded = asked[20:], encoded[20:]
    row(size, "warm question p50, ms (theirs: encoding alone)",
        1e3 * statistics.median(asked), 1e3 * statistics.median(encoded))  # fmt: skip
    print(
        f"| {size:,} | warm question p95, ms | {1e3 * float(np.quantile(asked, 0.95)):.1f} | – | – |"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"| {size:,} | memory of the process, MB | {peak:.0f} | – | – |")


def row(size: int, what: str, ours: float, theirs: float) -> None:
    """Print one comparison."""
    print(f"| {size:,} | {what} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.2f} |", flush=True)


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(
        "| titles | what | paperbot | plain script | plain ÷ paperbot |\n| --- | --- | --- | --- | --- |"
    )
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        papers = Assistant.open(Settings())._snapshot().catalogue.all_papers()
        (home / "titles.json").write_text(json.dumps([paper.title for paper in papers]))
        plain, empty = home / "plain.py", home / "empty.py"
        plain.write_text(PLAIN)
        empty.write_text(TYPER)
        ours = process(sys.executable, "-m", "paperbot", "--help")
        row(
            0,
            "--help, s (theirs: an empty typer app)",
            ours,
            process(sys.executable, empty, "--help"),
        )
        for copies in (1, 108):
            measure(home, copies, plain)


if __name__ == "__main__":
    main()
