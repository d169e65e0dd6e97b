"""What the tests share: a small deterministic encoder, a tiny library, and the real one, once."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import numpy as np
import pytest

from paperbot import Assistant, Settings
from paperbot.indexing.text import words

os.environ["HF_HUB_OFFLINE"] = "1"
# A busy machine fails no property.
slow = [hypothesis.HealthCheck.too_slow]
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=slow)
hypothesis.settings.load_profile("untimed")
ROOT = Path(__file__).parents[1]

TINY = """# Tiny list

The few papers everyone should begin with.

## Caches
1. [C60 2024 USENIX] KVPress: Compressing the Key-Value Cache of Long Chats :+1:
2. [C3 2023] Paging Attention Memory for Serving

## Pruning
1. [C25 2024] Pruning Heads of Transformers
2. [P 58] A Survey of Pruning

---

## Pruning
### Pruning Heads of Transformers
Removing redundant heads keeps accuracy while a tuning fork hums.
"""


class WordEncoder:
    """Each word is a fixed random direction: texts that share words are near. Needs no model."""

    dimension = 64

    def encode_questions(self, texts):
        rows = [sum((self._word(w) for w in words(t)), np.zeros(64)) for t in texts]
        rows = np.array(rows, np.float32).reshape(len(texts), 64) + 1e-6
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    def encode_documents(self, texts, progress=None):
        return self.encode_questions(texts)

    def knows(self, word):
        return False

    @staticmethod
    def _word(word):
        seed = int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest())
        return np.random.default_rng(seed).standard_normal(64)


class Library:
    """A data folder and an index folder of one test."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lists = root / "data" / "lists"
        self.lists.mkdir(parents=True)
        self.said: list[str] = []

    @property
    def settings(self) -> Settings:
        return Settings(data_dir=self.root / "data", index_dir=self.root / "index", _env_file=None)

    def write(self, text: str = TINY, name: str = "tiny.md") -> Path:
        path = self.lists / name
        path.write_text(text)
        return path

    def open(self, **options) -> Assistant:
        return Assistant.open(self.settings, say=self.said.append, encoder=WordEncoder(), **options)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """An empty library in a folder of its own."""
    return Library(tmp_path)


@pytest.fixture
def tiny(library: Library) -> Library:
    """A library with one small list."""
    library.write()
    return library


@pytest.fixture(scope="session")
def real_home(tmp_path_factory) -> Path:
    """The project's own lists with an index by the real model, built once for the session."""
    home = tmp_path_factory.mktemp("real")
    shutil.copytree(ROOT / "data", home / "data", ignore=shutil.ignore_patterns("lab"))
    exported = ROOT / "index" / "encoder"
    if exported.is_dir():  # spares the export, which is checked by its seal
        shutil.copytree(exported, home / "index" / "encoder")
    settings = Settings(data_dir=home / "data", index_dir=home / "index", _env_file=None)
    Assistant.open(settings)
    return home


@pytest.fixture(scope="session")
def real(real_home: Path) -> Assistant:
    """The project's own lists, open, with the real model."""
    settings = Settings(data_dir=real_home / "data", index_dir=real_home / "index", _env_file=None)
    return Assistant.open(settings)


Run = Callable[..., subprocess.CompletedProcess[str]]


def run_paperbot(*args: str, env: dict[str, str], stdin: str = "", cwd: Path | None = None):
    """Run the command as a user would."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PAPERBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "paperbot", *args],
        env={**clean, **env},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
    )


@pytest.fixture(scope="session")
def paperbot(real_home: Path) -> Iterator[Run]:
    """The command line over the real lists: ``paperbot("ask", "…")``."""
    home = {
        "PAPERBOT_DATA_DIR": str(real_home / "data"),
        "PAPERBOT_INDEX_DIR": str(real_home / "index"),
    }

    def run(*args: str, stdin: str = "", cwd: Path | None = None, **env: str):
        return run_paperbot(*args, env={**home, **env}, stdin=stdin, cwd=cwd)

    yield run
