"""Folders that appear whole or not at all, and can tell whether they still are as written."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from paperbot.disk import flush, write_flushed
from paperbot.indexing.model import file_hash

SEAL = "seal.json"


def flushed(path: Path) -> str:
    """Wait until a file is on disk; gives its sha256."""
    flush(path)
    return file_hash(path)


def sealed(folder: Path, hashed: Mapping[str, str] | None = None) -> None:
    """Write the seal of a folder: size, time and sha256 of each file; flush all of it to disk.

    ``hashed`` are the sha256 of those files (by name) that were flushed already.
    """
    known = hashed or {}
    seal = {
        path.name: {
            "size": path.stat().st_size,
            "mtime_ns": path.stat().st_mtime_ns,
            "sha256": known.get(path.name) or file_hash(path),
        }
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != SEAL
    }
    (folder / SEAL).write_text(json.dumps(seal, indent=1))
    for path in folder.iterdir():
        if path.name not in known:
            flush(path)
    flush(folder)


def unsealed(folder: Path, *, hashed: bool = False) -> str | None:
    """Say what is not as it was sealed, or ``None`` when the folder can be trusted.

    A file whose size and time are those of the seal is believed; one that was touched (or
    copied) since is hashed, and with ``hashed`` every file is. A time of whole seconds is believed
    too: an archive, such as a layer of a Docker image, keeps no more of it.
    """
    try:
        seal = json.loads((folder / SEAL).read_text())
        for name, was in seal.items():
            path = folder / name
            now = path.stat()
            if now.st_size != was["size"]:
                return f"{name} is {now.st_size} bytes long, not {was['size']}"
            sealed_at = was["mtime_ns"]
            touched = now.st_mtime_ns not in (sealed_at, sealed_at - sealed_at % 10**9)
            if (hashed or touched) and file_hash(path) != was["sha256"]:
                return f"{name} was changed"
    except FileNotFoundError as error:
        return f"{Path(str(error.filename)).name} is missing"
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"{SEAL} cannot be read ({type(error).__name__})"
    return None if seal else f"{SEAL} is empty"


def replace_folder(work: Path, folder: Path) -> None:
    """Rename ``work`` to ``folder``; one that stands there already makes way."""
    if folder.exists():
        shutil.rmtree(folder)
    work.rename(folder)
    flush(folder.parent)


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file under a temporary name, flush it, and put it in place in one step."""
    work = path.with_name(f".{path.name}.{os.getpid()}")
    write_flushed(work, content)
    work.replace(path)
    flush(path.parent)
