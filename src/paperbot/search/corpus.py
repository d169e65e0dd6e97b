"""A generation of the index as it is opened to be searched: its parts, and the encoder."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from paperbot.errors import BadIndex
from paperbot.indexing import generation, text
from paperbot.indexing.catalogue import Catalogue
from paperbot.indexing.encoder import Encoder, Vectors
from paperbot.indexing.generation import Manifest
from paperbot.indexing.glossary import Glossary
from paperbot.indexing.vectors import VectorStore
from paperbot.paper import Section
from paperbot.search.concepts import Concepts
from paperbot.search.rank import citation_standing
from paperbot.search.words import singular

# Embeddings of this many recent questions are kept (1.5 kB each).
RECENT_QUESTIONS = 512


class Corpus:
    """Everything that is searched. Each part is opened when it is first needed; safe to share."""

    def __init__(self, folder: Path, manifest: Manifest, encoder: Callable[[], Encoder]) -> None:
        self.folder = folder
        self.manifest = manifest
        self._open_encoder = encoder
        self._encoder: Encoder | None = None
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self.catalogue = Catalogue(folder / generation.CATALOGUE)
        if len(self.catalogue) != manifest.papers:
            raise BadIndex(f"{len(self.catalogue)} papers, not {manifest.papers}, in {folder}")

    @cached_property
    def vectors(self) -> VectorStore:
        """The vectors, opened when the first question is asked: looking up needs none."""
        store = VectorStore(self.folder / generation.VECTORS)
        expected = self.manifest.papers + self.manifest.notes + self.manifest.sections
        if (len(store), store.dimension) != (expected, self.manifest.dimension):
            raise BadIndex(f"{len(store)} vectors, not {expected}, in {self.folder}")
        return store

    @cached_property
    def glossary(self) -> Glossary:
        """The glossary as vectors."""
        return Glossary.load(self.folder / generation.GLOSSARY)

    @cached_property
    def sections(self) -> list[Section]:
        """Every section in the lists' own order."""
        return self.catalogue.sections()

    @cached_property
    def venues(self) -> frozenset[str]:
        """Every venue that the lists name."""
        return frozenset(self.catalogue.venues())

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """What the glossary's abbreviations stand for, as names are looked up."""
        return {key: text.name_key(full) for key, full in self.glossary.short.items()}

    @cached_property
    def spelt_out(self) -> dict[str, list[str]]:
        """The glossary's abbreviations by the first word of what they stand for."""
        found: dict[str, list[str]] = {}
        for key, full in self.abbreviations.items():
            found.setdefault(full.partition(" ")[0], []).append(key)
        return found

    @cached_property
    def concepts_of_term(self) -> dict[str, list[int]]:
        """The glossary's concepts (by place) by each of their terms."""
        found: dict[str, list[int]] = {}
        for concept in range(len(self.glossary.names)):
            for term in self.glossary.terms[self.glossary.terms_of(concept)]:
                found.setdefault(text.name_key(term), []).append(concept)
        return found

    @cached_property
    def concepts_of_word(self) -> dict[str, list[int]]:
        """The glossary's concepts (by place) by each word of their terms."""
        found: dict[str, dict[int, None]] = {}
        for term, concepts in self.concepts_of_term.items():
            for word in term.split():
                found.setdefault(word, {}).update(dict.fromkeys(concepts))
        return {word: list(concepts) for word, concepts in found.items()}

    @cached_property
    def concepts_said(self) -> dict[str, list[int]]:
        """The glossary's concepts by their names and terms of several words (see ``singular``)."""
        found: dict[str, dict[int, None]] = {}
        names = {text.name_key(name): [at] for at, name in enumerate(self.glossary.names)}
        for term, concepts in (*self.concepts_of_term.items(), *names.items()):
            if " " in term:
                found.setdefault(singular(term.split()), {}).update(dict.fromkeys(concepts))
        return {term: list(concepts) for term, concepts in found.items()}

    def encoder(self) -> Encoder:
        """Give the encoder, opened when it is first needed."""
        with self._lock:
            if self._encoder is None:
                self._encoder = self._open_encoder()
            return self._encoder

    @cached_property
    def concepts(self) -> Concepts:
        """The glossary's concepts as they lie among the papers."""
        return Concepts(self.glossary, self.catalogue, self.vectors)

    @cached_property
    def standing(self) -> Vectors:
        """Each paper's standing by citations (see ``rank``)."""
        return citation_standing(self.catalogue.columns)

    @cached_property
    def commonness(self) -> Vectors:
        """Each paper's mean cosine to all papers, less the average of that (so 0 on average).

        What all papers of a field say ("efficient", "large language models") draws them together.
        """
        near = self.vectors.near_mean(len(self.catalogue))
        near -= near.mean()
        return near

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed questions; those asked lately come from memory."""
        with self._lock:
            known = {t: self._recent[t] for t in texts if t in self._recent}
        missing = [t for t in dict.fromkeys(texts) if t not in known]
        if missing:
            known.update(zip(missing, self.encoder().encode_questions(missing), strict=True))
        with self._lock:
            for t, vector in known.items():
                self._recent[t] = vector
                self._recent.move_to_end(t)
            while len(self._recent) > RECENT_QUESTIONS:
                self._recent.popitem(last=False)
        return np.stack([known[t] for t in texts])
