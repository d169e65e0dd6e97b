"""Parsed lists on disk, each under what it was parsed from; many are parsed by two processes.

    python -m paperbot.indexing.listcache LISTS CACHE YEAR      parse what is not there, last first

Parsing is Python's own work, on one core. So where much is to be parsed (the first build of a large
library) a second process starts from the other end: each skips what the other has left in the cache.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from paperbot.errors import ListsError
from paperbot.indexing.cores import usable_cores
from paperbot.indexing.files import write_atomically
from paperbot.lists.files import find_lists, read_bytes
from paperbot.lists.values import FORMAT, ParsedList

# Bytes parsed, and bytes to come, from which a second process is worth its start. 2 MB (20,000
# entries) take one process 4.8 s, two 2.8 s; a process starts in .4 s.
MANY = 2**18


@dataclass(frozen=True, slots=True)
class ListCache:
    """The lists as they were parsed, in ``folder``. ``this_year`` bounds what can be a year."""

    folder: Path
    this_year: int

    def key(self, name: str, digest: str) -> str:
        """Name what a list is parsed from: its name, its sha256, the year, the reader's version."""
        made_from = f"{FORMAT} {self.this_year} {name} {digest}"
        return hashlib.sha256(made_from.encode()).hexdigest()[:32]

    def get(self, key: str) -> ParsedList | None:
        """Give what was parsed before, or ``None`` where it was not, or was damaged since."""
        try:
            return ParsedList.from_json(self._file(key).read_text())
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def parse(self, key: str, name: str, content: bytes) -> ParsedList:
        """Parse a list and keep it."""
        from paperbot.lists.parsing import parse  # the readers of all formats: only where needed

        parsed = parse(content, name, this_year=self.this_year)
        write_atomically(self._file(key), parsed.to_json().encode())
        return parsed

    def fill_backwards(self, lists_dir: Path) -> None:
        """Parse all that is not here, the last list first; one that cannot be read is left."""
        for path in reversed(find_lists(lists_dir)):
            with suppress(OSError, ListsError):
                name, content = path.relative_to(lists_dir).as_posix(), read_bytes(path)
                key = self.key(name, hashlib.sha256(content).hexdigest())
                if not self._file(key).exists():
                    self.parse(key, name, content)

    def sweep(self, keys: set[str]) -> None:
        """Remove all that is under no key of ``keys``, and what was never written to its end."""
        for path in self.folder.iterdir():
            if path.stem not in keys:
                path.unlink(missing_ok=True)

    @contextmanager
    def second_process(self, lists_dir: Path) -> Iterator[None]:
        """Parse from the other end meanwhile; the exit waits for its end, or ends it at an error."""
        process = None
        if usable_cores() > 1 and sys.executable:
            with suppress(OSError):
                process = subprocess.Popen(
                    # -P: what lies in the working directory is none of ours.
                    [
                        sys.executable,
                        "-P",
                        "-m",
                        __name__,
                        lists_dir,
                        self.folder,
                        str(self.this_year),
                    ],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
        try:
            yield
        except BaseException:
            if process:
                process.kill()
            raise
        finally:
            if process:
                process.wait()

    def _file(self, key: str) -> Path:
        return self.folder / f"{key}.json"


if __name__ == "__main__":
    lists, folder, year = sys.argv[1:]
    ListCache(Path(folder), int(year)).fill_backwards(Path(lists))
