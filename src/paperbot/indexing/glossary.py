"""The glossary: concepts of the field, each with plain phrases and its jargon terms.

A Markdown file that curators extend. A question close to a plain phrase is bridged to papers
close to the concept's terms, so that "fit a giant network on my card" finds offloading.

    ## KV cache compression
    - plain: forget the least useful parts of a long conversation
    - terms: KV cache compression, heavy-hitter tokens
    - short: KV = key-value
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import BadIndex
from paperbot.indexing.bytevectors import ByteVectors
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.text import name_key

# So many times the mean spread of a concept's phrases is added in every direction (never less than
# the least: one phrase a concept has none), since few phrases tell little of it. nDCG@10 on 386
# development questions .759 at .1, .760 at .3, .758 at 1.
WITHIN = 0.3
LEAST_SPREAD = 1e-4


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept: how people say it, how papers say it, and its abbreviations."""

    name: str
    plain: tuple[str, ...]
    terms: tuple[str, ...]
    short: tuple[tuple[str, str], ...] = ()


def parse_glossary(text: str) -> tuple[list[Concept], list[tuple[int, str, str]]]:
    """Read a glossary; gives its concepts and, as (line, what, do), what could not be read."""
    concepts: list[Concept] = []
    problems: list[tuple[int, str, str]] = []
    name, at = "", 0
    fields: dict[str, list[str]] = {}

    def close() -> None:
        if not name:
            return
        terms = tuple(t.strip() for t in ",".join(fields.get("terms", [])).split(",") if t.strip())
        if not fields.get("plain") or not terms:
            missing = "plain" if not fields.get("plain") else "terms"
            problems.append((at, f"“{name}” has no “{missing}” line", f"add “- {missing}: …”"))
            return
        short = tuple(
            (key.strip(), full.strip())
            for pair in ";".join(fields.get("short", [])).split(";")
            for key, is_pair, full in [pair.partition("=")]
            if is_pair
        )
        concepts.append(Concept(name, tuple(fields["plain"]), terms, short))

    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("## "):
            close()
            name, at, fields = line[3:].strip(), number, {}
        elif line.startswith("- "):
            key, colon, value = line[2:].partition(":")
            if name and colon and key.strip() in ("plain", "terms", "short") and value.strip():
                fields.setdefault(key.strip(), []).append(value.strip())
            else:
                problems.append(
                    (number, "not a line of the glossary", "begin it with plain:, terms: or short:")
                )
    close()
    return concepts, problems


@dataclass(frozen=True, slots=True)
class Glossary:
    """The glossary as vectors: those of all plain phrases, then of all terms.

    ``phrase_starts`` and ``term_starts`` tell where those of each concept begin among their own
    kind; one more number tells where the last one's end. ``directions`` has, for each concept, the
    one that tells its phrases from those of the others (see ``_directions``).
    """

    names: tuple[str, ...]
    terms: tuple[str, ...]
    short: dict[str, str]
    vectors: ByteVectors
    directions: ByteVectors
    phrase_starts: NDArray[np.int32]
    term_starts: NDArray[np.int32]

    def term_vectors(self, concept: int) -> Vectors:
        """Give the vectors of a concept's terms."""
        after_phrases, terms = int(self.phrase_starts[-1]), self.terms_of(concept)
        return self.vectors.take(slice(after_phrases + terms.start, after_phrases + terms.stop))

    def terms_of(self, concept: int) -> slice:
        """Give where a concept's terms stand."""
        return slice(int(self.term_starts[concept]), int(self.term_starts[concept + 1]))

    def save(self, path: Path) -> None:
        """Write the glossary beside the vectors of its generation."""
        np.savez(
            path,
            names=np.array(self.names, np.str_),
            terms=np.array(self.terms, np.str_),
            short=np.array([*self.short.items()], np.str_).reshape(-1, 2),
            vectors=self.vectors.bytes,
            scale=self.vectors.scale,
            directions=self.directions.bytes,
            directions_scale=self.directions.scale,
            phrase_starts=self.phrase_starts,
            term_starts=self.term_starts,
        )

    @classmethod
    def load(cls, path: Path) -> Glossary:
        """Read a glossary; raises ``BadIndex`` if it cannot be."""
        try:
            with np.load(path) as stored:
                return cls(
                    names=tuple(map(str, stored["names"])),
                    terms=tuple(map(str, stored["terms"])),
                    short={str(key): str(full) for key, full in stored["short"]},
                    vectors=ByteVectors(stored["vectors"], stored["scale"]),
                    directions=ByteVectors(stored["directions"], stored["directions_scale"]),
                    phrase_starts=stored["phrase_starts"],
                    term_starts=stored["term_starts"],
                )
        except (OSError, ValueError, KeyError, BadZipFile) as error:
            raise BadIndex(f"{path.name} cannot be read ({type(error).__name__})") from error


def glossary_texts(concepts: list[Concept]) -> tuple[list[str], list[str]]:
    """Give the texts to embed: every plain phrase (as questions) and every term (as documents)."""
    return (
        [phrase for concept in concepts for phrase in concept.plain],
        [term for concept in concepts for term in concept.terms],
    )


def _abbreviations(concepts: list[Concept]) -> dict[str, str]:
    """Give what each abbreviation stands for; one that stands for two things counts for neither."""
    meanings: dict[str, dict[str, str]] = {}
    for concept in concepts:
        for key, full in concept.short:
            meanings.setdefault(name_key(key), {})[name_key(full)] = full
    return {key: next(iter(full.values())) for key, full in meanings.items() if len(full) == 1}


def _directions(phrases: Vectors, starts: NDArray[np.int32]) -> Vectors:
    """Give the direction of each concept by Fisher's linear discriminant (1936), of any length.

    From the mean of all phrases to the mean of its own, less where phrases of one concept differ
    anyhow: in how something is said, not what.
    """
    if len(starts) < 2:
        return phrases
    counts = np.diff(starts)
    means = np.add.reduceat(phrases, starts[:-1]) / counts[:, None].astype(np.float32)
    apart = phrases - np.repeat(means, counts, axis=0)
    within = apart.T @ apart / len(phrases)
    spread = max(float(np.trace(within)) / len(within), LEAST_SPREAD)
    within += WITHIN * spread * np.eye(len(within), dtype=np.float32)
    directions: Vectors = np.linalg.solve(within, (means - phrases.mean(axis=0)).T).T
    return directions


def glossary_of(concepts: list[Concept], phrases: Vectors, terms: Vectors) -> Glossary:
    """Join concepts with the vectors of ``glossary_texts``."""
    phrase_starts = np.cumsum([0, *(len(c.plain) for c in concepts)], dtype=np.int32)
    return Glossary(
        names=tuple(concept.name for concept in concepts),
        terms=tuple(term for concept in concepts for term in concept.terms),
        short=_abbreviations(concepts),
        vectors=ByteVectors.of(np.concatenate([phrases, terms])),
        directions=ByteVectors.of(_directions(phrases, phrase_starts)),
        phrase_starts=phrase_starts,
        term_starts=np.cumsum([0, *(len(c.terms) for c in concepts)], dtype=np.int32),
    )
