"""Sections of public lists as questions: the heading asks, its entries answer, titles alone speak.

Neither headings nor introductions are indexed: they would give the label away.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.judged import Judged
from benchmarks.outside.corpus import Corpus, Row
from paperbot.indexing.text import name_key
from paperbot.lists import Entry, parse, read_bytes
from paperbot.paper import SectionPath
from paperbot.search.words import content_words

# A section of fewer papers says little, one of more (or of half the list) is no topic.
SMALLEST, LARGEST = 3, 60

# Sections taken of one list at most, those first by a hash, so that no list outvotes the others.
MOST_SECTIONS = 12

# A list of fewer papers or fitting sections is too easy, or has no topics.
LEAST_PAPERS, LEAST_SECTIONS = 60, 4

# Words of headings that name no topic; a heading with a year is a venue's or a date's.
_GENERIC = frozenset(
    "survey surveys review reviews overview other others misc miscellaneous miscellany news week "
    "weekly month latest recent blog blogs post posts list lists resource resources level top "
    "article articles work works general introduction background meta".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d")

# The encoder's adapter learnt from questions on these titles.
_TRAINED = Path(__file__).parents[2] / "training" / "questions.tsv"

# A list with at least this share of its titles among them is not wholly new to the adapter.
SEEN = 0.15


@dataclass(frozen=True, slots=True)
class PublicList:
    """A list's titles, and its sections that are fit to ask: (heading, ids of its papers)."""

    name: str
    rows: tuple[Row, ...]
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    seen: float

    @property
    def kind(self) -> str:
        """``new`` or ``seen``: whether the adapter has met the list's titles in training."""
        return "seen" if self.seen >= SEEN else "new"


def read(folder: Path) -> list[PublicList]:
    """Read every list with enough papers and sections, by name."""
    trained = _trained_titles()
    files = [path for path in sorted(folder.iterdir()) if path.name != "sources.tsv"]
    lists = [_read_one(path, trained) for path in files]
    return [
        one
        for one in lists
        if len(one.rows) >= LEAST_PAPERS and len(one.sections) >= LEAST_SECTIONS
    ]


def questions(one: PublicList, corpus: Corpus) -> list[Judged]:
    """Ask for each section by its heading alone, and as a member would."""
    ways = {"heading": "{}", "asked": "what should I read on {}?"}
    return [
        Judged(
            f"{one.name} {at} {way}", f"{one.kind}, {way}", ask.format(heading), corpus.grades(ids)
        )
        for at, (heading, ids) in enumerate(one.sections)
        for way, ask in ways.items()
    ]


def _read_one(path: Path, trained: set[str]) -> PublicList:
    parsed = parse(read_bytes(path), path.name, this_year=datetime.now(UTC).year)
    entries = [entry for entry in parsed.entries if entry.kind in ("paper", "survey")]
    titles = {name_key(entry.title): entry.title for entry in entries}
    seen = len(titles.keys() & trained) / max(len(titles), 1)
    rows = sorted((Row(key, title) for key, title in titles.items()), key=_by_hash)
    return PublicList(path.stem, tuple(rows), _fit_sections(entries, len(rows)), seen)


def _fit_sections(entries: Sequence[Entry], papers: int) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the sections that are fit to ask: a paper counts for each heading it stands below."""
    held: dict[SectionPath, dict[str, None]] = defaultdict(dict)
    for entry in entries:
        for depth in range(1, len(entry.section) + 1):
            held[entry.section[:depth]][name_key(entry.title)] = None
    named = Counter(_clean(path[-1]).casefold() for path in held)
    fit = [
        (_clean(path[-1]), tuple(keys))
        for path, keys in held.items()
        if named[_clean(path[-1]).casefold()] == 1  # "Generation" of audio, or of images?
        and SMALLEST <= len(keys) <= min(LARGEST, papers / 2)
        and _names_a_topic(path[-1])
    ]
    return tuple(sorted(fit, key=lambda one: zlib.crc32(one[0].encode()))[:MOST_SECTIONS])


def _names_a_topic(heading: str) -> bool:
    topical = [word for word in content_words(heading) if word.isalpha() and word not in _GENERIC]
    return bool(topical) and not _YEAR.search(heading)


def _clean(heading: str) -> str:
    """Give the heading without its number."""
    return re.sub(r"^[\d.\s]+", "", heading).strip()


def _by_hash(row: Row) -> int:
    return zlib.crc32(row.id.encode())


def _trained_titles() -> set[str]:
    with _TRAINED.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {name_key(row["title"]) for row in rows}
