"""The lists to a new generation of the index."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from paperbot.errors import BadIndex, ListsError
from paperbot.indexing import generation
from paperbot.indexing.bands import calibrated_bands
from paperbot.indexing.cataloguing import Content, write_catalogue
from paperbot.indexing.embedding import Embedder, embed
from paperbot.indexing.encoder import Vectors
from paperbot.indexing.files import flushed, sealed, unsealed
from paperbot.indexing.generation import Manifest
from paperbot.indexing.kept import Kept, origin
from paperbot.indexing.layout import lay_out
from paperbot.indexing.reading import read_sources
from paperbot.indexing.sources import Sources, glossary_hash
from paperbot.indexing.summaries import lend
from paperbot.indexing.vectors import write_vectors
from paperbot.lists.joining import join
from paperbot.lists.values import Problem, collection_paused

VERSION = "0.1.0"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``embedded`` counts the texts that had to go through the encoder."""

    folder: Path
    manifest: Manifest
    embedded: int
    problems: tuple[Problem, ...]


@collection_paused()
def build(
    sources: Sources,
    index_dir: Path,
    embedder: Embedder,
    *,
    this_year: int,
    afresh: bool = False,
) -> Built:
    """Build a generation from the lists and let it answer from now on.

    The caller holds ``generation.build_lock``. What did not change is kept from the current
    generation, unless ``afresh``. Raises ``ListsError``, ``ModelError``, or ``BadIndex`` where the
    index cannot be written; the old generation then stays.
    """
    with ThreadPoolExecutor(1) as beside:  # to hash takes a while, and leaves Python free
        intact = None if afresh else beside.submit(_intact, index_dir)
        read = read_sources(sources, index_dir / "cache" / "lists", this_year)
    reading = lend(join(read.lists), read.summaries)
    if not reading.papers:
        raise ListsError(
            f"No paper was found in {sources.lists_dir}. `paperbot lists check` says why."
        )
    origins = [origin(paper, read.contents) for paper in reading.papers]
    kept = Kept.of(intact.result() if intact else None, embedder.fingerprint, origins)
    layout = lay_out(reading, kept)
    glossary = kept.same_glossary(glossary_hash(read.marks))
    cache = index_dir / "cache" / "embeddings.db"
    embedded = embed(cache, embedder, reading, layout, read.concepts, glossary)
    vectors = layout.vectors(embedded.fresh, kept)
    held = kept.held_terms(reading.papers, embedded.glossary.terms, same=glossary is not None)
    spec = embedder.choice.spec
    manifest = Manifest(
        schema=generation.SCHEMA,
        version=VERSION,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        spec=spec,
        model=spec or "all-MiniLM-L6-v2",
        fingerprint=embedder.fingerprint,
        bands=calibrated_bands(embedder.fingerprint),
        dimension=int(vectors.shape[1]),
        papers=len(reading.papers),
        notes=len(layout.owners),
        sections=len(reading.sections),
        entries=len(reading.entries),
        problems=sum(not problem.aside for problem in reading.problems) + read.faults,
        sources=read.marks,
    )
    with _new_folder(index_dir) as work, ThreadPoolExecutor(1) as beside:
        written = beside.submit(_write_flushed, vectors, work / generation.VECTORS)
        embedded.glossary.save(work / generation.GLOSSARY)
        if kept.folder:
            shutil.copyfile(kept.folder / generation.CATALOGUE, work / generation.CATALOGUE)
        spoken = [" ".join([c.name, *c.plain, *c.terms]) for c in read.concepts]
        write_catalogue(
            work / generation.CATALOGUE,
            Content(
                reading,
                origins,
                kept.numbers,
                kept.gone,
                layout.owners,
                spoken,
                held,
                read.nicknamed,
                embedded.glossary.terms if glossary is None else None,
            ),
        )
        manifest.save(work / generation.MANIFEST)
        sealed(work, {generation.VECTORS: written.result()})
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{work.name.removeprefix('.building-')}"
        folder = work.rename(index_dir / name)
    generation.make_current(index_dir, folder)
    return Built(folder, manifest, embedded.count, reading.problems)


def _write_flushed(vectors: Vectors, path: Path) -> str:
    """Write the vectors, most of what a generation has on disk; gives the file's sha256."""
    write_vectors(vectors, path)
    return flushed(path)


def _intact(index_dir: Path) -> tuple[Path, Manifest] | None:
    """Give the current generation if it is bit for bit as it was written."""
    try:
        found = generation.current(index_dir)
        return found if found and not unsealed(found[0], hashed=True) else None
    except BadIndex:
        return None


@contextmanager
def _new_folder(index_dir: Path) -> Iterator[Path]:
    """Give a folder to write a generation to; it is gone afterwards, unless it was renamed."""
    work = Path(mkdtemp(prefix=".building-", dir=index_dir))
    try:
        yield work
    except (OSError, sqlite3.OperationalError, RuntimeError) as error:  # the last is FAISS's
        told = error.strerror if isinstance(error, OSError) else str(error).strip()
        raise BadIndex(
            f"The index cannot be written to {index_dir}: {told}. The old one stays."
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
