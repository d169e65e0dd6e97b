"""The speed benchmark measures what it says: its libraries, its rebuild, its turns, its table."""

from __future__ import annotations

import subprocess
import sys

import pytest
from benchmarks.speed import table
from benchmarks.speed.corpus import made_titles
from benchmarks.speed.ours import change_line, environment
from benchmarks.speed.process import run
from benchmarks.speed.rounds import in_turns
from benchmarks.speed.samples import Results

from paperbot.lists import parse

POOL = [
    "Attention Is All You Need",
    "Deep Residual Learning for Image Recognition",
    "Efficient Memory Management for Large Language Model Serving with PagedAttention",
]


def test_a_made_library_begins_with_the_real_titles_and_repeats_none():
    titles = list(made_titles(POOL, 200))
    assert titles[:3] == POOL
    assert len({title.casefold() for title in titles}) == 200
    assert titles == list(made_titles(POOL, 200)), "the same library every time"


def test_a_rebuild_sees_one_other_title_each_time(tmp_path):
    (tmp_path / "a.md").write_text("# Intro\nNo item here.\n")
    (tmp_path / "b.md").write_text("## Part\n1. [C60 2024] First Title\n2. [2025] Second Title\n")

    def titles() -> list[str]:
        read = parse((tmp_path / "b.md").read_bytes(), "b.md", this_year=2026)
        return [entry.title for entry in read.entries]

    seen = [titles()]
    for time in range(3):
        change_line(tmp_path, time)
        seen.append(titles())
    firsts, seconds = zip(*seen, strict=True)
    assert len(set(firsts)) == 4
    assert set(seconds) == {"Second Title"}


def test_all_take_turns_and_each_is_measured_as_often():
    calls = []

    def once(name: str, turn: int) -> float:
        calls.append((turn, name))
        return {"short": 1.0, "long": 151.0}[name]

    in_turns(["short", "long"], 3, once, "test")
    assert calls == [(turn, name) for turn in range(3) for name in ("short", "long")]


def test_one_that_fails_is_left_out_and_the_others_go_on(capsys):
    calls = []

    def once(name: str, turn: int) -> float:
        calls.append(name)
        if name == "broken":
            raise RuntimeError("its last words")
        return 1.0

    in_turns(["broken", "sound"], 3, once, "test")
    assert calls == ["broken", "sound", "sound", "sound"]
    assert "its last words" in capsys.readouterr().err


def test_the_table_gives_medians_ratios_and_the_number_of_runs():
    results = Results({"questions": "7"})
    for seconds in (0.4, 0.5, 9.0):
        results.add(20_000, "paperbot", cold_s=seconds)
    results.add(20_000, "txtai", cold_s=6.0, p50_ms=18.0)
    page = table.page(results)
    assert "| 20,000 | cold question, whole process, s | 0.50 | 6.00 (12×) | 1–3 |" in page
    assert "| 20,000 | warm question, p50, ms | – | 18.0 | 1 |" in page


def test_results_are_read_back_as_they_were_kept(tmp_path):
    results = Results({"machine": "two cores"})
    results.add(186, "paperbot", cold_s=0.5, recall=None)
    results.save(tmp_path / "deep" / "speed.json")
    assert Results.load(tmp_path / "deep" / "speed.json") == results


def test_a_process_that_fails_is_an_error_with_its_last_words():
    with pytest.raises(RuntimeError, match="no such peer"):
        run([sys.executable, "-c", "raise SystemExit('no such peer')"], environment())


def test_a_process_that_hangs_is_ended():
    with pytest.raises(RuntimeError, match="ended with -9"):
        run([sys.executable, "-c", "import time; time.sleep(60)"], environment(), limit=0.5)


def test_the_peak_of_a_process_is_the_most_it_held():
    script = "b = bytearray(400_000_000); del b"
    # In a process of its own: a child's peak is never below its parent's, and this one's is large.
    measured = (
        "import sys; from benchmarks.speed.process import run; from benchmarks.speed.ours import "
        f"environment; print(run([sys.executable, '-c', {script!r}], environment()).peak_mb)"
    )
    told = subprocess.run(
        [sys.executable, "-c", measured], capture_output=True, text=True, check=True
    )
    assert 400 < float(told.stdout) < 450


def test_no_setting_of_the_user_reaches_what_is_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("PAPERBOT_MODEL", "another")
    env = environment(index_dir=tmp_path)
    assert "PAPERBOT_MODEL" not in env
    assert env["PAPERBOT_INDEX_DIR"] == str(tmp_path)
