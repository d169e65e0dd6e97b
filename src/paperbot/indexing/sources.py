"""The files that an index is built from, and whether they changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from paperbot.errors import ListsError
from paperbot.indexing.generation import FileMark, Manifest
from paperbot.lists.files import find_lists
from paperbot.paper import SUMMARIES

# The curated files as the manifest names them: by their names, whatever folder they are in.
GLOSSARY = "../glossary.md"
NICKNAMES = "../nicknames.md"
CURATED = (GLOSSARY, NICKNAMES, SUMMARIES)


def glossary_hash(marks: Mapping[str, FileMark]) -> str | None:
    """Give the sha256 of the glossary that a generation was built with, if it had one."""
    return marks[GLOSSARY].sha256 if GLOSSARY in marks else None


def curated_files(folder: Path) -> dict[str, Path]:
    """Give the curated files that are in a folder, by their names in the manifest."""
    files = {name: folder / Path(name).name for name in CURATED}
    return {name: path for name, path in files.items() if path.is_file()}


@dataclass(frozen=True, slots=True)
class Sources:
    """The files that an index is built from: lists, and the curated files of ``curated_dir``."""

    lists_dir: Path
    curated_dir: Path

    def files(self) -> dict[str, Path]:
        """Give every source by its name in the manifest; raises ``ListsError`` without any."""
        lists = find_lists(self.lists_dir)
        if not lists:
            raise ListsError(
                f"There is no reading list in {self.lists_dir}. Put a Markdown file there, or set "
                "PAPERBOT_DATA_DIR to the folder that holds lists/."
            )
        files = {path.relative_to(self.lists_dir).as_posix(): path for path in lists}
        return files | curated_files(self.curated_dir)

    def changed_since(self, manifest: Manifest) -> bool:
        """Tell whether any source differs from what the generation was built from.

        A file of the same size and time is believed to be the same; others are hashed.
        """
        files = self.files()
        if files.keys() != manifest.sources.keys():
            return True
        for name, path in files.items():
            mark, now = manifest.sources[name], path.stat()
            if now.st_size != mark.size:
                return True
            if now.st_mtime_ns != mark.mtime_ns:
                if hashlib.sha256(path.read_bytes()).hexdigest() != mark.sha256:
                    return True
        return False
