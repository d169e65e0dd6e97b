"""The environment of the Docker image's last stage, built with pip: without torch, and smaller.

    python -m benchmarks.runtime_env      its size against the full environment

Installs `requirements-runtime.lock` and paperbot without its dependencies into a fresh virtual
environment, as the Dockerfile does. `tests/test_runtime.py` proves that torch cannot be imported
there, and that `ask`, a rebuild after a changed list, and `bot` work.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def make(home: Path) -> Path:
    """Build the environment in a folder; gives its programs. Raises ``CalledProcessError``."""
    subprocess.run([sys.executable, "-m", "venv", home / "venv"], check=True)
    programs = home / "venv" / "bin"
    pip = [programs / "python", "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    locked = ["--require-hashes", "--no-deps", "-r", ROOT / "requirements-runtime.lock"]
    subprocess.run([*pip, *locked], check=True, capture_output=True, text=True)
    source = home / "source"
    shutil.copytree(
        ROOT / "src", source / "src", ignore=shutil.ignore_patterns("*.egg-info", "__pycache__")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    # What wheels are built with is no part of the environment.
    wheel = ["wheel", "-q", "--no-deps", "--no-build-isolation", "-w", home / "wheels", source]
    subprocess.run([sys.executable, "-m", "pip", *wheel], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", *(home / "wheels").glob("*.whl")], check=True)
    return programs


def size(folder: Path) -> float:
    """Give a folder's size in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def main() -> None:
    """Build the environment, and print its size."""
    from paperbot import Assistant, Settings

    with tempfile.TemporaryDirectory() as name:
        make(Path(name))
        ours, full = size(Path(name) / "venv"), size(Path(sys.prefix))
    corpus = Assistant.open(Settings.load())._snapshot()
    encoder = Settings.load().index_dir / "encoder" / corpus.manifest.fingerprint
    print(
        f"run-time environment {ours:.0f} MB, exported encoder {size(encoder):.0f} MB; "
        f"full environment (development tools included) {full:.0f} MB"
    )


if __name__ == "__main__":
    main()
