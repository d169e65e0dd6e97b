"""The libraries that are measured: the lab's own lists, and larger ones made of real titles.

    python -m benchmarks.speed.corpus FOLDER TITLES [--plain-encoder FOLDER]

A larger library begins with the lab's titles, goes on with those of the public lists in
``PAPERBOT_BENCH_DATA`` (where it is set), and is filled up with new titles, the beginning of one
joined to the end of another: natural in length and words, and new to every encoder. Above
``EMBEDDED`` titles a vector is one of the first ``EMBEDDED`` plus noise, given to all alike.

Run as a process of its own, so that the one that measures stays small.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.speed.contender import Corpus
from paperbot.indexing.cache import EmbeddingCache
from paperbot.indexing.encoder import OnnxEncoder, Vectors
from paperbot.indexing.encoders import packaged_adapter
from paperbot.indexing.model import default_fingerprint
from paperbot.lists import join, parse, read_bytes

DATA = Path(__file__).parents[2] / "data"

# A library asked to be smaller than this is the lab's own, as it is.
SMALLEST_MADE = 1_000
# So many titles are embedded for real.
EMBEDDED = 20_000
# Length of the noise added to a unit vector: its cosine to the original is about .89.
NOISE = 0.5
FILES = 100
# One in so many titles is made beyond the number wanted, for those that are joined with another.
SPARE = 100
# Titles that every parser reads alike; the public lists hold others too.
_PLAIN = re.compile(r"[A-Z][\w ,:'’&+-]{14,140}[\w)?]")


def _read(lists: Path) -> list[str]:
    """Give the titles that paperbot finds in a folder of lists."""
    files = sorted(path for path in lists.iterdir() if path.suffix in (".md", ".txt"))
    parsed = [parse(read_bytes(path), path.name, this_year=2026) for path in files]
    return [paper.title for paper in join(parsed).papers]


def _pool() -> list[str]:
    """Give every real title at hand, once."""
    titles = _read(DATA / "lists")
    if outside := os.environ.get("PAPERBOT_BENCH_DATA"):
        titles += _read(Path(outside) / "lists" / "public")
    return [title for title in dict.fromkeys(titles) if _PLAIN.fullmatch(title)]


def made_titles(pool: list[str], count: int) -> Iterator[str]:
    """Give ``count`` different titles: the real ones, then beginnings joined to ends."""
    chance = random.Random(1)
    seen = {title.casefold() for title in pool}
    yield from pool[:count]
    for number in range(len(pool), count):
        head, tail = (chance.choice(pool).split() for _ in range(2))
        title = " ".join([*head[: (len(head) + 1) // 2], *tail[len(tail) // 2 :]])
        if title.casefold() in seen:
            title += f" in Case {number}"
        seen.add(title.casefold())
        yield title


def _write_lists(titles: list[str], lists: Path) -> None:
    lists.mkdir(parents=True)
    for at in range(FILES):
        items = (f"{i}. [C{i} 2024] {title}" for i, title in enumerate(titles[at::FILES], 1))
        (lists / f"list{at:03}.md").write_text(f"## Part {at}\n" + "\n".join(items) + "\n")


def _noisy(base: Vectors, count: int) -> Iterator[Vectors]:
    """Give ``count`` unit rows in blocks: ``base`` itself, then ``base`` with noise added."""
    chance = np.random.default_rng(1)
    yield base[:count]
    for start in range(len(base), count, len(base)):
        block = base[: min(len(base), count - start)]
        noise = chance.standard_normal(block.shape, np.float32) * (NOISE / block.shape[1] ** 0.5)
        moved = block + noise
        yield moved / np.linalg.norm(moved, axis=1, keepdims=True)


def _give_vectors(corpus: Corpus, titles: list[str], plain_encoder: Path) -> None:
    """Write the vectors for the peers, and the same into a cache for paperbot's build."""
    base = OnnxEncoder(plain_encoder).encode_documents(titles[:EMBEDDED])
    vectors = np.concatenate(list(_noisy(base, len(titles))))
    # What paperbot embeds is a title with its heading.
    texts = [f"{title}. Part {i % FILES}" for i, title in enumerate(titles)]
    with EmbeddingCache(corpus.cache, default_fingerprint(packaged_adapter())) as cache:
        cache.fill(texts, lambda missing: vectors[: len(missing)])
    np.save(corpus.vectors, vectors)


def make(folder: Path, count: int, plain_encoder: Path | None) -> None:
    """Make a library of ``count`` titles; the folder appears whole or not at all."""
    work = Corpus(folder.with_name(f".{folder.name}"))
    shutil.rmtree(work.folder, ignore_errors=True)
    if count < SMALLEST_MADE:
        shutil.copytree(DATA, work.data, ignore=shutil.ignore_patterns("lab"))
        titles = pool = _read(DATA / "lists")
    else:
        pool = _pool()
        titles = _as_read(list(made_titles(pool, count + count // SPARE)), work.folder)[:count]
        _write_lists(titles, work.data / "lists")
        if count > EMBEDDED:
            assert plain_encoder is not None
            _give_vectors(work, titles, plain_encoder)
    work.titles.write_text(json.dumps(titles))
    real = len(set(titles) & set(pool))
    work.about.write_text(json.dumps({"titles": len(titles), "real": real}))
    work.folder.rename(folder)


def _as_read(titles: list[str], scratch: Path) -> list[str]:
    """Keep the titles that paperbot reads as they are: it joins those of one work."""
    _write_lists(titles, scratch / "lists")
    read = set(_read(scratch / "lists"))
    shutil.rmtree(scratch / "lists")
    return [title for title in titles if title in read]


def main() -> None:
    """Make one library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("titles", type=int)
    parser.add_argument("--plain-encoder", type=Path)
    options = parser.parse_args()
    make(options.folder, options.titles, options.plain_encoder)


if __name__ == "__main__":
    main()
