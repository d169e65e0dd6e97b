"""The environment of the Docker image's last stage, built with pip: without torch, and smaller.

    python -m benchmarks.runtime_env

Installs `requirements-runtime.lock` and paperbot without its dependencies into a fresh virtual
environment, proves that torch cannot be imported there, and that `ask`, a rebuild after a changed
list, and `bot` work with the exported encoder alone. Prints sizes against the full environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def size(folder: Path) -> float:
    """Give a folder's size in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def main() -> None:
    """Build the environment, prove it, and print its size."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        venv = home / "venv"
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [venv / "bin" / "pip", "install", "-q", "--disable-pip-version-check"]
        lock = ROOT / "requirements-runtime.lock"
        subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", lock], check=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation",
             "-w", home / "wheels", ROOT], check=True,
        )  # fmt: skip
        subprocess.run([*pip, "--no-deps", *(home / "wheels").glob("*.whl")], check=True)
        shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns("lab"))
        shutil.copytree(ROOT / "index" / "encoder", home / "encoder")
        env = {
            "PATH": os.environ["PATH"],
            "PAPERBOT_DATA_DIR": str(home / "data"),
            "PAPERBOT_INDEX_DIR": str(home / "index"),
            "PAPERBOT_ENCODER_DIR": str(home / "encoder"),
        }

        def run(*command: object) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [str(part) for part in command],
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )

        torch = run(venv / "bin" / "python", "-c", "import torch")
        assert "ModuleNotFoundError" in torch.stderr, torch.stderr
        program = venv / "bin" / "paperbot"
        first = run(program, "ask", "kv cache compression")
        assert first.returncode == 0 and "KV Cache" in first.stdout, first.stderr
        with (home / "data" / "lists" / "llm-papers.md").open("a") as file:
            file.write("\n## Late\n1. [2025] A Late Paper on Cache Gardening\n")
        again = run(program, "ask", "cache gardening")
        assert "A Late Paper on Cache Gardening" in again.stdout, again.stderr
        bot = run(program, "bot")
        assert bot.returncode == 10, (bot.returncode, bot.stderr)
        print("import torch fails; ask, a rebuild and bot (which asks for its token) work")
        full = size(Path(sys.prefix))
        print(f"run-time environment {size(venv):.0f} MB, exported encoder "
              f"{size(home / 'encoder'):.0f} MB; full environment {full:.0f} MB")  # fmt: skip


if __name__ == "__main__":
    main()
