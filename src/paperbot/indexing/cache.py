"""Vectors of texts that were embedded before, kept across generations of the index.

One SQLite file, owned by this module. A cache that cannot be read is a cache that is empty: it
is moved aside and begun anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np

from paperbot.indexing.encoder import Vectors
from paperbot.indexing.shipped import read_shipped

# The cache is swept when it holds this many times the texts of the lists as they are now.
SWEEP_AT = 3

# Texts looked up in one statement; SQLite takes at least 999 values.
AT_ONCE = 500


def text_key(text: str) -> bytes:
    """Name a text: 16 bytes of BLAKE2b."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


class EmbeddingCache:
    """Vectors by model fingerprint and text."""

    def __init__(self, path: Path, fingerprint: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.fingerprint = fingerprint
        try:
            self._db = self._open(path)
        except sqlite3.DatabaseError:
            path.replace(path.with_suffix(".damaged"))
            self._db = self._open(path)

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        db = sqlite3.connect(path)
        db.execute(
            "CREATE TABLE IF NOT EXISTS vectors "
            "(model TEXT, text BLOB, vector BLOB NOT NULL, PRIMARY KEY (model, text))"
        )
        return db

    def __enter__(self) -> EmbeddingCache:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()

    def fill(
        self,
        texts: Sequence[str],
        encode: Callable[[list[str]], Vectors],
        prefix: str = "document",
        shipped: Path | None = None,
    ) -> tuple[Vectors, int]:
        """Give the vectors of ``texts``, shape (n, dimension), and how many had to be encoded.

        Texts that are not in the cache, nor in the file ``shipped`` (see there), are encoded, each
        once, and kept. ``prefix`` keeps apart what the model encodes differently (questions and
        documents).
        """
        model = f"{self.fingerprint} {prefix}"
        keys = [text_key(text) for text in texts]
        known = self._known(model, keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        fresh: dict[bytes, bytes] = {}
        if missing and shipped:
            at_hand = read_shipped(shipped, self.fingerprint, missing)
            fresh = {key: vector.tobytes() for key, vector in at_hand.items()}
            missing = {key: text for key, text in missing.items() if key not in fresh}
        if missing:
            encoded = encode(list(missing.values()))
            fresh |= {key: row.tobytes() for key, row in zip(missing, encoded, strict=True)}
        if fresh:
            known |= fresh
            with self._db:
                self._db.executemany(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
                    ((model, key, row) for key, row in fresh.items()),
                )
        if not keys:
            return np.empty((0, 0), np.float32), 0
        packed = b"".join([known[key] for key in keys])
        return np.frombuffer(packed, np.float32).reshape(len(keys), -1), len(missing)

    def _known(self, model: str, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        known: dict[bytes, bytes] = {}
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE]
            marks = ", ".join("?" * len(some))
            known.update(
                self._db.execute(
                    f"SELECT text, vector FROM vectors WHERE model = ? AND text IN ({marks})",  # noqa: S608
                    (model, *some),
                ).fetchall()
            )
        return known

    def sweep(self, texts: Callable[[], Iterable[str]], count: int) -> None:
        """Forget what the lists no longer hold, once that is most of the cache.

        ``texts`` gives all that are in use, ``count`` how many these are.
        """
        ours = f"{self.fingerprint} *"
        (held,) = self._db.execute(
            "SELECT count(*) FROM vectors WHERE model GLOB ?", (ours,)
        ).fetchone()
        if held <= SWEEP_AT * max(count, 1):
            return
        with self._db:
            self._db.execute("CREATE TEMP TABLE used (text BLOB PRIMARY KEY) WITHOUT ROWID")
            self._db.executemany(
                "INSERT OR IGNORE INTO used VALUES (?)", ((text_key(text),) for text in texts())
            )
            self._db.execute(
                "DELETE FROM vectors WHERE model GLOB ? AND text NOT IN (SELECT text FROM used)",
                (ours,),
            )
