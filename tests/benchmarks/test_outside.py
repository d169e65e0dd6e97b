"""The outside measures: what they do without their data, and which sections they ask."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.outside import sections

ROOT = Path(__file__).parents[2]


def measured(**env):
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PAPERBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.outside"],
        env={**clean, **env},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_without_a_folder_of_data_it_says_so_and_is_no_failure():
    done = measured()
    assert done.returncode == 0, done.stderr
    assert "PAPERBOT_BENCH_DATA" in done.stderr
    assert "|" not in done.stdout


def test_each_set_that_is_absent_is_named_and_is_no_failure(tmp_path):
    done = measured(PAPERBOT_BENCH_DATA=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert f"there is no {tmp_path / 'bench' / 'acl-reading-lists'}" in done.stderr
    assert f"there is no {tmp_path / 'lists' / 'public'}" in done.stderr
    assert "|" not in done.stdout


@pytest.fixture
def asked(tmp_path):
    """Headings that are asked of a list with so many papers under each heading."""

    def read(papers):
        lines = ["# Things to read"]
        for heading, count in papers.items():
            lines += ["", f"## {heading}", ""]
            lines += [f"- [2020] A study of {heading} number {i}" for i in range(count)]
        (tmp_path / "list.md").write_text("\n".join(lines))
        return {heading for one in sections.read(tmp_path) for heading, _ in one.sections}

    return read


def test_sections_that_name_a_topic_are_asked_and_no_others(asked):
    topics = {"Parsing": 20, "Machine translation": 20, "Dialogue": 20, "Speech": 3}
    others = {"ACL 2024": 10, "Miscellaneous papers": 10, "Ethics": 2, "Everything": 61}
    assert asked(topics | others) == set(topics)


def test_headings_and_introductions_stay_out_of_what_is_indexed(tmp_path):
    lines = ["# Field", "", "Words that open the list.", ""]
    for heading in ("Parsing", "Translation", "Dialogue", "Speech"):
        lines += [f"## {heading}", "", "Read these first.", ""]
        lines += [f"- [2020] The {'abcdefghijklmnopqrst'[i]}{heading[:1]} study" for i in range(20)]
        lines += [""]
    (tmp_path / "list.md").write_text("\n".join(lines))
    (one,) = sections.read(tmp_path)
    assert len(one.rows) == 80
    assert not any("Parsing" in str(row) or "first" in str(row) for row in one.rows)
