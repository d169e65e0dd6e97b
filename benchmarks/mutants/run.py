"""Break the bot in one line, see a test fail, mend it, and so on: `make mutants`.

Works on a copy of the checkout in a temporary folder. A mutant that no test sees is reported and
makes the exit code 1. Results go to benchmarks/results/bot-mutants.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.mutants.mutants import MUTANTS, Mutant

ROOT = Path(__file__).parents[2]
RESULT = ROOT / "benchmarks" / "results" / "bot-mutants.md"
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", "lab", "cache", "2*", "bot.log", "*.egg-info"
)


def main() -> int:
    """Run every mutant; 1 where one survived."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        every = sorted({test for mutant in MUTANTS for test in mutant.tests.split()})
        if not _passes(copy, every):
            print("the tests fail without any mutant: mend them first")
            return 1
        rows = [_row(copy, mutant) for mutant in MUTANTS]
    survived = [row for row in rows if "SURVIVED" in row]
    RESULT.write_text(_report(rows, len(survived)), encoding="utf-8")
    print(f"{len(rows) - len(survived)} of {len(rows)} mutants were caught")
    return 1 if survived else 0


def _row(copy: Path, mutant: Mutant) -> str:
    file = copy / "src" / "paperbot" / "bot" / mutant.file
    before = file.read_text(encoding="utf-8")
    if mutant.old not in before:
        raise SystemExit(f"{mutant.file} no longer holds: {mutant.old}")
    file.write_text(before.replace(mutant.old, mutant.new, 1), encoding="utf-8")
    began = time.monotonic()
    try:
        caught = not _passes(copy, mutant.tests.split())
    finally:
        file.write_text(before, encoding="utf-8")
    said = "caught" if caught else "**SURVIVED**"
    print(f"{said:9} {time.monotonic() - began:5.1f} s  {mutant.name}", flush=True)
    test = mutant.tests.split()[0].rpartition("::")[2]
    return f"| {mutant.name} | `{mutant.file}` | {said} | `{test}` |"


def _passes(copy: Path, tests: list[str]) -> bool:
    env = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests],
        cwd=copy,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode > 1:
        raise SystemExit(f"pytest could not run:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.returncode == 0


def _report(rows: list[str], survived: int) -> str:
    head = (
        "# Breaking the bot on purpose\n\nCommand: `make mutants` "
        "(`python -m benchmarks.mutants.run`).\n\n"
        f"{len(rows)} one-line mutants of `src/paperbot/bot/`, each in a copy of the checkout; "
        f"{len(rows) - survived} caught, {survived} survived.\n\n"
        "| what is broken | where | | by the test |\n|---|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
