"""The lists to a new generation of the index."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from paperbot.errors import BadIndex, ListsError
from paperbot.indexing import generation, text
from paperbot.indexing.bands import calibrated_bands
from paperbot.indexing.cache import EmbeddingCache
from paperbot.indexing.catalogue import write_catalogue
from paperbot.indexing.encoder import Encoder, Progress, Vectors
from paperbot.indexing.encoders import EncoderChoice, Say, gpu_encoder, prepare_encoder
from paperbot.indexing.files import sealed, write_atomically
from paperbot.indexing.generation import FileMark, Manifest
from paperbot.indexing.glossary import Concept, glossary_of, glossary_texts, parse_glossary
from paperbot.indexing.sources import Sources
from paperbot.indexing.vectors import write_vectors
from paperbot.lists import ParsedList, Problem, Reading, join, parse, read_bytes
from paperbot.lists.values import FORMAT
from paperbot.paper import Paper

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``embedded`` counts the texts that had to go through the encoder."""

    folder: Path
    manifest: Manifest
    embedded: int
    problems: tuple[Problem, ...]


def build(
    sources: Sources,
    index_dir: Path,
    choice: EncoderChoice,
    *,
    this_year: int,
    say: Say,
    progress: Progress | None = None,
    encoder: Encoder | None = None,
) -> Built:
    """Build a generation from the lists and let it answer from now on.

    The caller holds ``generation.build_lock``. ``encoder`` takes the place of the one that
    ``choice`` names. Raises ``ListsError`` or ``ModelError``; the old generation then stays.
    """
    marks, parsed = _read(sources, index_dir / "cache" / "lists", this_year)
    reading = join([item for name, item in parsed.items()])
    if not reading.papers:
        raise ListsError(
            f"No paper was found in {sources.lists_dir}. `paperbot lists check` says why."
        )
    concepts, faults = _glossary(sources.glossary_file)
    fingerprint = choice.fingerprint()
    opened: list[Encoder] = [encoder] if encoder else []
    if not opened and not choice.export_folder(fingerprint):
        probes = [paper.title for paper in reading.papers[:64]]
        opened.append(prepare_encoder(choice, fingerprint, probes, say))

    def encode(texts: list[str], as_questions: bool = False) -> Vectors:
        if not opened:
            opened.append(prepare_encoder(choice, fingerprint, [], say))
        gpu = None if encoder else gpu_encoder(choice, len(texts))
        at_work = gpu or opened[0]
        if as_questions:
            return at_work.encode_questions(texts)
        return at_work.encode_documents(texts, progress)

    papers, owners, documents = _documents(reading)
    phrases, terms = glossary_texts(concepts)
    cache_file = index_dir / "cache" / "embeddings.db"
    with EmbeddingCache(cache_file, fingerprint) as cache:
        every, embedded = cache.fill([*documents, *terms], encode)
        asked, more = cache.fill(phrases, lambda t: encode(t, True), prefix="question")
    work = Path(mkdtemp(prefix=".building-", dir=index_dir))
    try:
        vectors = np.ascontiguousarray(every[: len(documents)])
        write_vectors(vectors, work / generation.VECTORS)
        glossary_of(concepts, asked, every[len(documents) :]).save(work / generation.GLOSSARY)
        spoken = [" ".join([c.name, *c.plain, *c.terms]) for c in concepts]
        write_catalogue(work / generation.CATALOGUE, papers, reading.sections, owners, spoken)
        built_at = datetime.now(UTC)
        manifest = Manifest(
            schema=generation.SCHEMA,
            version=VERSION,
            built_at=built_at.isoformat(timespec="seconds"),
            spec=choice.spec,
            model=choice.spec or "all-MiniLM-L6-v2",
            fingerprint=fingerprint,
            bands=calibrated_bands(fingerprint),
            dimension=int(vectors.shape[1]),
            papers=len(papers),
            notes=len(owners),
            sections=len(reading.sections),
            entries=len(reading.entries),
            problems=len(reading.problems) + len(faults),
            sources=marks,
        )
        manifest.save(work / generation.MANIFEST)
        sealed(work)
        name = f"{built_at:%Y%m%dT%H%M%S}-{work.name.removeprefix('.building-')}"
        folder = work.rename(index_dir / name)
    except OSError as error:
        raise BadIndex(
            f"The index cannot be written to {index_dir}: {error.strerror}. The old one stays."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    generation.make_current(index_dir, folder)
    return Built(folder, manifest, embedded + more, reading.problems)


def _read(
    sources: Sources, cache: Path, this_year: int
) -> tuple[dict[str, FileMark], dict[str, ParsedList]]:
    """Read every list; one whose content was parsed before is not parsed again."""
    cache.mkdir(parents=True, exist_ok=True)
    marks: dict[str, FileMark] = {}
    parsed: dict[str, ParsedList] = {}
    used = set()
    for name, path in sources.files().items():
        before = path.stat()
        content = read_bytes(path)
        digest = hashlib.sha256(content).hexdigest()
        marks[name] = FileMark(len(content), before.st_mtime_ns, digest)
        if path == sources.glossary_file:
            continue
        key = hashlib.sha256(f"{FORMAT} {this_year} {name} {digest}".encode())
        kept = cache / f"{key.hexdigest()[:32]}.json"
        used.add(kept)
        try:
            parsed[name] = ParsedList.from_json(kept.read_text())
        except (OSError, ValueError, KeyError, TypeError):
            parsed[name] = parse(content, name, this_year=this_year)
            write_atomically(kept, parsed[name].to_json().encode())
        if not parsed[name].entries and b"\0" in content:
            # Its papers must not vanish because the file was damaged: the old index stays.
            problem = parsed[name].problems[0]
            raise ListsError(f"{path}: {problem.what} · {problem.do}")
    for old in set(cache.glob("*.json")) - used:
        old.unlink(missing_ok=True)
    return marks, parsed


def _glossary(path: Path) -> tuple[list[Concept], list[tuple[int, str, str]]]:
    if not path.is_file():
        return [], []
    return parse_glossary(read_bytes(path).decode(errors="replace"))


def _documents(reading: Reading) -> tuple[Sequence[Paper], list[int], list[str]]:
    """Lay out the vectors: a title per paper, then the pieces of notes, then the sections."""
    papers = reading.papers
    notes = [(row, piece) for row, paper in enumerate(papers) for piece in text.pieces(paper)]
    return (
        papers,
        [row for row, _ in notes],
        [
            *map(text.title_text, papers),
            *(piece for _, piece in notes),
            *map(text.section_text, reading.sections),
        ],
    )
