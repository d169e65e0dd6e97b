"""Measure paperbot and its peers in one session, and write the table and the chart.

    python -m benchmarks.speed                      186, 20,000 and 200,000 titles, five times each
    python -m benchmarks.speed --quick              186 titles, once
    python -m benchmarks.speed --titles 20000 --only paperbot,txtai --repeat 3 --out /tmp/speed
    python -m benchmarks.speed --draw               table and chart again from the results

Leave the machine alone while it runs: sentence-transformers suffers more than most from a
neighbour, and the ratios with it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_cache_path

from benchmarks.judged import FOLDER as QUESTIONS
from benchmarks.speed import rounds, table, theirs
from benchmarks.speed.contender import QUESTION, Corpus
from benchmarks.speed.corpus import EMBEDDED
from benchmarks.speed.environment import Peers, prepare
from benchmarks.speed.machine import BUSY, Neighbours, describe
from benchmarks.speed.ours import Paperbot, environment, export_plain_encoder
from benchmarks.speed.samples import Results
from benchmarks.speed.theirs import Peer
from paperbot.indexing.sources import curated_files

ROOT = Path(__file__).parents[2]
SIZES = (186, 20_000, 200_000)
REPEAT = 5
# Above ``EMBEDDED`` titles one in so many of the judged questions is asked: for the record that is
# enough, and one contender takes a third of a second for each.
EVERY = 12
CACHE = user_cache_path("paperbot-bench")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--titles", type=int, nargs="+", default=SIZES, metavar="N")
    parser.add_argument("--only", help=f"of: paperbot, {', '.join(theirs.NAMES)}")
    parser.add_argument("--repeat", type=int, default=REPEAT)
    parser.add_argument("--quick", action="store_true", help="186 titles, once")
    parser.add_argument("--draw", action="store_true", help="only draw what was measured before")
    parser.add_argument("--peers-env", type=Path, default=CACHE / "peers")
    parser.add_argument("--work", type=Path, default=CACHE / "work", help="libraries are kept here")
    parser.add_argument("--out", type=Path, default=ROOT, help="root of the files written")
    options = parser.parse_args()
    if options.quick:
        options.titles, options.repeat = [SIZES[0]], 1
    return options


def _command(options: argparse.Namespace) -> str:
    """Write the command as anyone could give it: folders of this machine left out."""
    if (tuple(options.titles), options.only, options.repeat) == (SIZES, None, REPEAT):
        return "make bench-speed"
    only = f" --only '{options.only}'" if options.only else ""
    sizes = " ".join(map(str, options.titles))
    return f"python -m benchmarks.speed --titles {sizes} --repeat {options.repeat}{only}"


def _about(options: argparse.Namespace, peers: Peers) -> dict[str, str]:
    import importlib.metadata as metadata

    ours = ("paperbot-lab", "onnxruntime", "faiss-cpu", "numpy", "tokenizers")
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return {
        "command": _command(options),
        "commit": described.stdout.strip(),
        "begun": datetime.now(UTC).isoformat(timespec="minutes"),
        "machine": describe(),
        "paperbot": ", ".join(f"{name} {metadata.version(name)}" for name in ours),
        "peers": ", ".join(f"{name} {version}" for name, version in peers.versions.items()),
    }


def _corpus(work: Path, titles: int, plain_encoder: Path) -> Corpus:
    """Make a library, or find it made before; in a process of its own, which may grow.

    The curated files are those of today, whenever the lists were made.
    """
    corpus = Corpus(work / f"library-{titles}")
    if not corpus.folder.exists():
        words = [sys.executable, "-m", "benchmarks.speed.corpus", str(corpus.folder), str(titles)]
        subprocess.run([*words, "--plain-encoder", str(plain_encoder)], check=True)
    for file in curated_files(ROOT / "data").values():
        shutil.copy(file, corpus.data)
    return corpus


def _questions(work: Path, every: int) -> Path:
    """Write one in ``every`` of the judged questions, each once, as a JSON list."""
    rows = (QUESTIONS / "questions.tsv").read_text().splitlines()[1:]
    asked = dict.fromkeys(row.split("\t")[2] for row in rows)
    path = work / f"questions-{every}.json"
    others = [question for question in asked if question != QUESTION]
    path.write_text(json.dumps(others[::every]))
    return path


def _measure(options: argparse.Namespace, results: Results, peers: Peers, out: Path) -> None:
    work, only = options.work, options.only.split(",") if options.only else None
    work.mkdir(parents=True, exist_ok=True)
    first = Paperbot(_corpus(work, SIZES[0], work), work / "first", None)
    rounds.first_build(first, results, options.repeat)
    encoder, plain = work / "first" / "index" / "encoder", work / "plain-encoder"
    if not plain.exists():
        export_plain_encoder(plain)
    rounds.help_page(results, environment(), options.repeat)
    results.about["questions"] = str(len(json.loads(_questions(work, 1).read_text())))
    for titles in options.titles:
        questions = _questions(work, EVERY if titles > EMBEDDED else 1)
        corpus, folder = _corpus(work, titles, plain), work / "stores"
        results.about[f"real titles of {corpus.count:,}"] = f"{corpus.real:,}"
        everyone: list[Paperbot | Peer] = [Paperbot(corpus, folder / "paperbot", encoder)]
        everyone += [Peer(name, peers, corpus, folder) for name in theirs.NAMES]
        also = [Peer(name, peers, corpus, folder, plain) for name in theirs.NAMES]
        wanted = [c for c in everyone if only is None or c.name in only]
        same = [c for c in also if only is None or c.name.removesuffix(theirs.ON_ONNX) in only]
        one = rounds.Size(corpus, questions, wanted, same, options.repeat)
        rounds.measure(one, results, peers)
        results.save(out)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Measure, and draw."""
    options = _options()
    json_file = options.out / "benchmarks" / "results" / "speed.json"
    peers = prepare(options.peers_env)
    if not options.draw:
        results, neighbours = Results(_about(options, peers)), Neighbours()
        began = time.monotonic()
        _measure(options, results, peers, json_file)
        results.about["minutes"] = f"{(time.monotonic() - began) / 60:.0f}"
        results.about["others' share of the processors meanwhile"] = f"{neighbours.share():.1%}"
        if neighbours.share() > BUSY:
            results.about["trial"] = "the machine was busy with other work"
        results.save(json_file)
    results = Results.load(json_file)
    json_file.with_name("speed_figures.md").write_text(table.page(results))
    drawing = [peers.python, "-m", "benchmarks.speed.chart", json_file.resolve()]
    (options.out / "docs").mkdir(exist_ok=True)
    picture = (options.out / "docs" / "speed.svg").resolve()
    subprocess.run([*drawing, picture], cwd=ROOT, env=peers.env(), check=True)


if __name__ == "__main__":
    main()
