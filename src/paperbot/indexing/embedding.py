"""The texts of one build to vectors, with an encoder that is opened only if it is needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from paperbot.indexing.cache import EmbeddingCache
from paperbot.indexing.encoder import Encoder, Progress, Vectors
from paperbot.indexing.encoders import EncoderChoice, Say, gpu_encoder, prepare_encoder
from paperbot.indexing.glossary import Concept, Glossary, glossary_of, glossary_texts
from paperbot.indexing.layout import Layout, every_text
from paperbot.indexing.shipped import packaged
from paperbot.lists.values import Reading


@dataclass(slots=True)
class Embedder:
    """The encoder of one build.

    ``given`` takes the place of the one that ``choice`` names; ``ready`` gives that one where it
    is open, or being opened, already.
    """

    choice: EncoderChoice
    fingerprint: str
    say: Say
    progress: Progress | None = None
    given: Encoder | None = None
    ready: Callable[[], Encoder | None] = lambda: None
    opened: Encoder | None = None

    def open(self, probes: list[str]) -> Encoder:
        """Give the encoder. Where it was never exported, it is, and proven on ``probes``."""
        if self.opened is None:
            self.opened = (
                self.given
                or self.ready()
                or prepare_encoder(self.choice, self.fingerprint, probes, self.say)
            )
        return self.opened

    def documents(self, texts: list[str]) -> Vectors:
        """Embed texts of the lists, on a GPU where that is worth while."""
        encoder = self.open(texts)
        gpu = None if self.given else gpu_encoder(self.choice, len(texts))
        return (gpu or encoder).encode_documents(texts, self.progress)

    def questions(self, texts: list[str]) -> Vectors:
        """Embed what people ask."""
        return self.open(texts).encode_questions(texts)


@dataclass(frozen=True, slots=True)
class Embedded:
    """The vectors of ``Layout.texts`` and of the glossary, and how many texts were encoded."""

    fresh: Vectors
    glossary: Glossary
    count: int


def embed(
    cache_file: Path,
    embedder: Embedder,
    reading: Reading,
    layout: Layout,
    concepts: list[Concept],
    kept: Glossary | None,
) -> Embedded:
    """Embed what is new, each text once; what the cache knows is not embedded again.

    ``kept`` is the glossary of the generation before, where it did not change.
    """
    if embedder.given is None and not embedder.choice.export_folder(embedder.fingerprint):
        embedder.open([paper.title for paper in reading.papers])  # questions will need it
    phrases, terms = glossary_texts(concepts)
    shipped = packaged() if embedder.given is None else None
    with EmbeddingCache(cache_file, embedder.fingerprint) as cache:
        fresh, documents = cache.fill(layout.texts, embedder.documents, shipped=shipped)
        count = documents
        if kept is None:
            named, words = cache.fill(terms, embedder.documents, shipped=shipped)
            asked, questions = cache.fill(phrases, embedder.questions, "question", shipped)
            kept = glossary_of(concepts, asked, named)
            count += words + questions
        in_use = len(layout.before) + len(terms) + len(phrases)
        cache.sweep(lambda: [*every_text(reading), *terms, *phrases], in_use)
    return Embedded(fresh, kept, count)
