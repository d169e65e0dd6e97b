"""The README's set-up commands, word for word, in fresh clones: `python -m benchmarks.fresh_clone`.

Takes the blocks "Two commands" (its `make ask`, twice: the second time installs and builds nothing)
and "Without make" out of the README and runs them. `make test` is what `.ci/run` runs; `docker
compose` needs an engine and is not run.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(command: str, folder: Path) -> str:
    """Run a line as a person would, show its seconds, and give what it said."""
    began = time.perf_counter()
    done = subprocess.run(
        command, shell=True, cwd=folder, capture_output=True, text=True, check=False
    )
    said = done.stdout + done.stderr
    print(f"{time.perf_counter() - began:6.1f} s  {command}", flush=True)
    assert done.returncode == 0, said[-2000:]
    return said


def main() -> None:
    """Run both set-ups."""
    readme = (ROOT / "README.md").read_text()
    ask = re.search(r"^make ask .*$", readme, re.MULTILINE)
    plain = re.search(r"Without make:\n\n```\n(.*?)```", readme, re.DOTALL)
    assert ask and plain
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        for part in ("make", "pip"):
            run(f"git clone -q {ROOT} {part}", home)
        first = run(ask[0], home / "make")
        assert "Setting up" in first and "Building the index" in first and "why:" in first
        second = run(ask[0], home / "make")
        assert "Setting up" not in second and "Building" not in second and "why:" in second
        for line in plain[1].splitlines():
            said = run(line, home / "pip")
        assert "why:" in said


if __name__ == "__main__":
    main()
