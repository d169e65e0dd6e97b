"""Generations of the index: one folder each, complete and sealed, and one file that names the
current one.

    index/
      current                   the name of the generation that answers
      20260101T120000-1a2b3c/   manifest.json vectors.faiss glossary.npz catalogue.db seal.json
      cache/                    embeddings and parsed lists, kept across generations
      encoder/<fingerprint>/    the exported encoder
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import filelock

from paperbot.errors import BadIndex, IndexBusy
from paperbot.indexing.bands import Bands
from paperbot.indexing.files import SEAL, unsealed, write_atomically

# What the files of a generation look like. Raise it with any change to what is written or
# embedded: an index of another schema is rebuilt.
SCHEMA = 17

MANIFEST = "manifest.json"
VECTORS = "vectors.faiss"
CATALOGUE = "catalogue.db"
GLOSSARY = "glossary.npz"

# How long a build waits for another that is running, in seconds.
LOCK_PATIENCE = 600.0


@dataclass(frozen=True, slots=True)
class FileMark:
    """Which content a source file had: its size in bytes, its time and its sha256."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of.

    ``spec`` is the model as asked for, ``None`` the default; ``bands`` those calibrated for it.
    """

    schema: int
    version: str
    built_at: str
    spec: str | None
    model: str
    fingerprint: str
    bands: Bands | None
    dimension: int
    papers: int
    notes: int
    sections: int
    entries: int
    problems: int
    sources: dict[str, FileMark]

    def save(self, path: Path) -> None:
        """Write the manifest as JSON."""
        path.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False))

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """Read a manifest; raises ``BadIndex`` if it is of another schema or no manifest."""
        try:
            record: dict[str, Any] = json.loads(path.read_text())
            if record["schema"] != SCHEMA:
                raise BadIndex(f"the index has schema {record['schema']}, not {SCHEMA}")
            record["sources"] = {k: FileMark(**v) for k, v in record["sources"].items()}
            record["bands"] = record["bands"] and Bands(**record["bands"])
            return cls(**record)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadIndex(f"{MANIFEST} cannot be read ({type(error).__name__})") from error


def current(index_dir: Path) -> tuple[Path, Manifest] | None:
    """Find the current generation and check it whole; ``None`` when none was ever built.

    Raises ``BadIndex`` saying what is wrong with it.
    """
    try:
        name = (index_dir / "current").read_text().strip()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise BadIndex(f"{index_dir / 'current'} cannot be read ({error})") from error
    folder = index_dir / name
    if not name or "/" in name or not folder.is_dir():
        raise BadIndex(f"generation “{name[:40]}” is missing")
    manifest = Manifest.load(folder / MANIFEST)
    if fault := unsealed(folder):
        raise BadIndex(fault)
    return folder, manifest


def make_current(index_dir: Path, folder: Path) -> None:
    """Let ``folder`` answer from now on, in one step; keep the one before it for its readers."""
    pointer = index_dir / "current"
    before = pointer.read_bytes().decode(errors="replace").strip() if pointer.exists() else ""
    write_atomically(pointer, f"{folder.name}\n".encode())
    keep = {folder.name, before}
    for old in index_dir.iterdir():
        is_generation = (old / SEAL).exists() or old.name.startswith(".building-")
        if old.is_dir() and is_generation and old.name not in keep:
            shutil.rmtree(old, ignore_errors=True)


@contextmanager
def build_lock(index_dir: Path, patience: float = LOCK_PATIENCE) -> Iterator[None]:
    """Hold the right to build. Raises ``IndexBusy`` after ``patience`` seconds."""
    try:
        index_dir.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(index_dir / ".lock", timeout=patience)
        with lock:
            yield
    except filelock.Timeout as error:
        raise IndexBusy(
            f"Another process is building the index in {index_dir}. Wait for it, then ask again."
        ) from error
    except PermissionError as error:
        raise BadIndex(
            f"The index folder {index_dir} cannot be written. Make it writable, or set "
            "PAPERBOT_INDEX_DIR to a folder that is."
        ) from error
