"""The sources read: every list as it is parsed, from a cache where its content was parsed before."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from paperbot.errors import ListsError
from paperbot.indexing.generation import FileMark
from paperbot.indexing.glossary import Concept, parse_glossary
from paperbot.indexing.listcache import MANY, ListCache
from paperbot.indexing.nicknames import Nicknamed, parse_nicknames
from paperbot.indexing.sources import CURATED, GLOSSARY, NICKNAMES, Sources
from paperbot.indexing.summaries import Summary, parse_summaries
from paperbot.lists.files import read_bytes
from paperbot.lists.values import ParsedList
from paperbot.paper import SUMMARIES


@dataclass(frozen=True, slots=True)
class Read:
    """All that was read at one moment.

    ``contents`` names what each list was parsed from (its name, its bytes, the year, the reader's
    version): the same name is the same parse. ``faults`` counts what of the curated files could not
    be read.
    """

    marks: dict[str, FileMark]
    lists: list[ParsedList]
    contents: dict[str, str]
    concepts: list[Concept]
    nicknamed: list[Nicknamed]
    summaries: list[Summary]
    faults: int


def read_sources(sources: Sources, folder: Path, this_year: int) -> Read:
    """Read lists and curated files; lists parsed before are found in ``folder``.

    Raises ``ListsError`` for a file that is unreadable or binary.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cache = ListCache(folder, this_year)
    marks: dict[str, FileMark] = {}
    curated: dict[str, str] = {}
    lists: list[ParsedList] = []
    contents: dict[str, str] = {}
    files = sources.files()
    to_come = sum(path.stat().st_size for name, path in files.items() if name not in CURATED)
    parsed, helped = 0, False
    with ExitStack() as helpers:
        for name, path in files.items():
            before = path.stat()
            content = read_bytes(path)
            digest = hashlib.sha256(content).hexdigest()
            marks[name] = FileMark(len(content), before.st_mtime_ns, digest)
            if name in CURATED:
                if b"\0" in content:
                    # What it told must not vanish because it was damaged: the old index stays.
                    raise ListsError(
                        f"{path} is no text. Put back the last version that was, or remove it."
                    )
                curated[name] = content.decode(errors="replace")
                continue
            to_come -= len(content)
            contents[name] = key = cache.key(name, digest)
            one = cache.get(key)
            if one is None:
                one = cache.parse(key, name, content)
                parsed += len(content)
                if min(parsed, to_come) > MANY and not helped:
                    helpers.enter_context(cache.second_process(sources.lists_dir))
                    helped = True
            if not one.entries and b"\0" in content:
                # Its papers must not vanish because the file was damaged: the old index stays.
                problem = one.problems[0]
                raise ListsError(f"{path}: {problem.what} · {problem.do}")
            lists.append(one)
    cache.sweep(set(contents.values()))
    concepts, misread = parse_glossary(curated.get(GLOSSARY, ""))
    nicknamed, misnamed = parse_nicknames(curated.get(NICKNAMES, ""))
    summaries, mistold = parse_summaries(curated.get(SUMMARIES, ""))
    faults = len(misread) + len(misnamed) + len(mistold)
    return Read(marks, lists, contents, concepts, nicknamed, summaries, faults)
