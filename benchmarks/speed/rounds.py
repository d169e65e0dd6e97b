"""Who is measured when: in turns within each repetition, so that a busy minute hits all alike."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from benchmarks.speed.contender import Contender, Corpus
from benchmarks.speed.environment import Peers
from benchmarks.speed.ours import PROGRAM, Paperbot
from benchmarks.speed.process import run
from benchmarks.speed.samples import Results, quantile
from benchmarks.speed.theirs import Peer, recalls

C = TypeVar("C")
EMPTY_APP = Path(__file__).with_name("empty_app.py")


@dataclass(frozen=True, slots=True)
class Size:
    """One library with those who are measured on it.

    ``on_onnx`` ask the stores of others with another encoder.
    """

    corpus: Corpus
    questions: Path
    contenders: Sequence[Paperbot | Peer]
    on_onnx: Sequence[Peer]
    repeat: int


def in_turns(
    contenders: Sequence[C], repeat: int, once: Callable[[C, int], float], what: str
) -> None:
    """Let each do it ``repeat`` times in turns.

    ``once`` gives its seconds, and knows how often it was called before. One that fails does it
    no more; what it measured before stays.
    """
    failed: set[int] = set()
    for turn in range(repeat):
        for at, contender in enumerate(contenders):
            if at not in failed:
                who = f"{what} {turn + 1}: {getattr(contender, 'name', contender)}"
                try:
                    _say(f"{who} {once(contender, turn):.2f} s")
                except RuntimeError as error:
                    _say(f"{who} failed. {error}")
                    failed.add(at)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def measure(size: Size, results: Results, peers: Peers) -> None:
    """Take every measure of one library."""
    titles = size.corpus.count
    everyone = [*size.contenders, *size.on_onnx]
    found: dict[str, list[list[int]]] = {}

    def build(contender: Contender, turn: int) -> float:
        told = contender.build()
        seconds, peak = told.process.seconds, told.process.peak_mb
        results.add(titles, contender.name, build_s=seconds, build_peak_mb=peak)
        if turn == 0:
            results.add(titles, contender.name, disk_mb=contender.disk_mb(), texts=told.texts)
        return seconds

    def ask(contender: Contender, turn: int) -> float:
        ran = contender.ask()
        results.add(titles, contender.name, cold_s=ran.seconds, cold_peak_mb=ran.peak_mb)
        return ran.seconds

    def warm(contender: Contender, turn: int) -> float:
        began = time.perf_counter()
        told = contender.warm(size.questions)
        found[contender.name] = told.rows
        results.add(
            titles,
            contender.name,
            p50_ms=1e3 * statistics.median(told.seconds),
            p95_ms=1e3 * quantile(told.seconds, 0.95),
            encoding_ms=1e3 * statistics.median(told.encoding) if told.encoding else None,
            rss_mb=told.rss_mb,
            peak_mb=told.peak_mb,
        )
        return time.perf_counter() - began

    def rebuild(contender: Contender, turn: int) -> float:
        told = contender.rebuild(turn)
        seconds = told.process.seconds
        results.add(titles, contender.name, rebuild_s=seconds, rebuild_work_s=told.work_s)
        return seconds

    in_turns(size.contenders, size.repeat, build, f"{titles} build")
    in_turns(everyone, size.repeat, ask, f"{titles} ask")
    in_turns(everyone, size.repeat, warm, f"{titles} warm")
    _recall(size, results, peers, titles, found)
    in_turns(size.contenders, size.repeat, rebuild, f"{titles} rebuild")


def _recall(
    size: Size, results: Results, peers: Peers, titles: int, found: dict[str, list[list[int]]]
) -> None:
    """Compare with exact search: paperbot's vectors, and the plain script's for the peers."""
    for contender in size.contenders:
        if isinstance(contender, Paperbot):
            results.add(titles, contender.name, recall=contender.recall(size.questions))
        elif contender.name == "plain script":
            rows = {name: rows for name, rows in found.items() if rows}
            scratch = size.questions.with_name("found.json")
            vectors = contender.store / "vectors.npy"
            told = recalls(peers, vectors, size.questions, rows, scratch)
            for name, recall in told.items():
                results.add(titles, name, recall=recall)


def first_build(paperbot: Paperbot, results: Results, repeat: int) -> None:
    """Build where no encoder was exported yet; the last one's export serves all that follows."""

    def once(contender: Paperbot, turn: int) -> float:
        ran = contender.build().process
        results.add(0, contender.name, first_build_s=ran.seconds, export_peak_mb=ran.peak_mb)
        return ran.seconds

    in_turns([paperbot], repeat, once, "first build")


def help_page(results: Results, env: dict[str, str], repeat: int) -> None:
    """Time ``--help`` of paperbot and of an empty typer app with as many commands."""
    count = (
        "from paperbot.cli.app import app; "
        "print(len(app.registered_commands) + len(app.registered_groups))"
    )
    commands = run([sys.executable, "-c", count], env).stdout.strip()
    pages = {"paperbot": PROGRAM, "empty typer app": (sys.executable, EMPTY_APP)}

    def once(name: str, turn: int) -> float:
        ran = run([*pages[name], "--help"], {**env, "COMMANDS": commands})
        results.add(0, name, help_s=ran.seconds)
        return ran.seconds

    results.about["commands"] = commands
    in_turns(list(pages), repeat, once, "--help")
