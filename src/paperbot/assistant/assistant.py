"""The facade: all that a front door knows. The index is kept by ``upkeep``."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from paperbot.assistant.upkeep import Upkeep
from paperbot.assistant.values import SectionSummary, Status, Suggestion
from paperbot.errors import UsageError
from paperbot.indexing import encoders, text
from paperbot.indexing.encoder import Encoder, Progress
from paperbot.indexing.encoders import Say
from paperbot.indexing.sources import Sources
from paperbot.paper import Paper
from paperbot.search.answer import Answer, Filters, Query
from paperbot.search.engine import Engine
from paperbot.search.filter_words import join_filters
from paperbot.search.path import lay_out
from paperbot.search.topics import MOST_TEXT
from paperbot.search.understand import query_text, understand

if TYPE_CHECKING:
    from paperbot.indexing.build import Built
    from paperbot.settings import Settings

DEFAULT_COUNT = 5
MOST_HITS = 100

# A longer question is not a question; a pasted text goes to ``similar``.
LONGEST_QUESTION = 4_000


def _quiet(_: str) -> None:
    """Say nothing."""


class Assistant:
    """Answers "what should I read on X" from the lists, and tells why. Safe between threads."""

    def __init__(
        self,
        sources: Sources,
        index_dir: Path,
        choice: encoders.EncoderChoice,
        *,
        say: Say = _quiet,
        encoder: Encoder | None = None,
    ) -> None:
        self._upkeep = Upkeep(sources, index_dir, choice, say, encoder)

    @classmethod
    def open(
        cls,
        settings: Settings,
        *,
        say: Say = _quiet,
        progress: Progress | None = None,
        build: bool = True,
        encoder: Encoder | None = None,
    ) -> Assistant:
        """Open the index, building it first where there is none or the lists changed.

        With ``build=False`` nothing is built: a missing index raises ``BadIndex``, a stale one
        answers as it is. ``encoder`` takes the place of the model that the settings name.
        """
        assistant = cls.unopened(settings, say=say, encoder=encoder)
        if build:
            assistant.refresh(progress)
        else:
            assistant.reload()
        return assistant

    @classmethod
    def unopened(
        cls, settings: Settings, *, say: Say = _quiet, encoder: Encoder | None = None
    ) -> Assistant:
        """Give an assistant that has loaded nothing yet; ``refresh`` or ``reload`` comes next."""
        choice = encoders.EncoderChoice(
            settings.model,
            encoders.packaged_adapter() if settings.model is None else None,
            (settings.index_dir / "encoder", *filter(None, [settings.encoder_dir])),
        )
        sources = Sources(settings.lists_dir, settings.data_dir)
        return cls(sources, settings.index_dir, choice, say=say, encoder=encoder)

    # -- asking ------------------------------------------------------------------------------

    def ask(
        self,
        question: str,
        *,
        filters: Filters | None = None,
        count: int | None = None,
        offset: int = 0,
        previous: Query | None = None,
        laid_out: bool = False,
    ) -> Answer:
        """Answer a question, or a follow-up to ``previous``.

        ``filters`` take the place of those read from the words; ``count`` (1 to 100) of the
        number in the words, else 5. ``offset`` pages through the ranking. With ``laid_out`` a
        newcomer's question is answered with a reading path, as ``path`` lays it out, and what is
        left of the ranking behind it. Raises ``UsageError`` for an empty or endless question.
        """
        engine = self._snapshot()
        query = self.understand(question, previous)
        if filters is not None:
            query = replace(query, filters=join_filters(query.filters, filters))
        return self._answer(engine, query, count, offset, laid_out=laid_out)

    def understand(self, question: str, previous: Query | None = None) -> Query:
        """Read a question (or a follow-up) without answering it."""
        engine = self._snapshot()
        if not text.words(question):
            raise UsageError("Ask a question, such as: what should I read on KV cache compression?")
        if len(question) > LONGEST_QUESTION:
            raise UsageError(
                f"A question of {len(question):,} characters is too long (at most "
                f"{LONGEST_QUESTION:,}). For papers like a pasted text, use similar."
            )
        this_year = datetime.now(UTC).year
        venues = engine.corpus.venues if " " in question.strip() else frozenset()
        if previous is not None:
            from paperbot.search.followups import refine  # many patterns, for follow-ups alone

            refined = refine(previous, question, this_year=this_year, venues=venues)
            if refined is not None:
                return refined
        return understand(
            question,
            this_year=this_year,
            is_name=lambda name: engine.catalogue.row_of(name) is not None,
            name_in=engine.named_in,
            spoken_of=engine.spoken_of,
            venues=venues,
        )

    def similar(self, name_or_text: str, *, count: int | None = None, offset: int = 0) -> Answer:
        """Find papers like a paper (id, title or nickname) or like a text (8,000 characters)."""
        if not text.words(name_or_text):
            raise UsageError("Name a paper, or give a text to find papers like it.")
        if len(name_or_text) > MOST_TEXT:
            self._upkeep.say(f"Only the first {MOST_TEXT:,} characters are read.")
        query = Query(name_or_text.strip()[:MOST_TEXT], asked=name_or_text, intent="similar")
        return self._answer(self._snapshot(), query, count, offset)

    def next_page(
        self, answer: Answer, count: int | None = None, *, laid_out: bool = False
    ) -> Answer:
        """Give the papers that follow those of ``answer``."""
        offset = answer.hits[-1].rank if answer.hits else 0
        return self._answer(self._snapshot(), answer.query, count, offset, laid_out=laid_out)

    def _answer(
        self,
        engine: Engine,
        query: Query,
        count: int | None,
        offset: int,
        *,
        laid_out: bool = False,
    ) -> Answer:
        wanted = count if count is not None else (query.count or DEFAULT_COUNT)
        if not 1 <= wanted <= MOST_HITS or offset < 0:
            raise UsageError(f"Ask for 1 to {MOST_HITS} papers, not {wanted}.")
        began = time.perf_counter()
        this_year = datetime.now(UTC).year
        if laid_out and query.intent == "path" and offset < MOST_HITS:
            # A path orders the first so many anew, so pages behind them are the ranking's.
            answer = lay_out(engine.answer(query, count=MOST_HITS, offset=0, this_year=this_year))
            if count is None and query.count is None and offset == 0:  # the whole path
                wanted = sum(hit.step is not None for hit in answer.hits)
            answer = replace(answer, hits=answer.hits[offset : offset + wanted])
        else:
            answer = engine.answer(query, count=wanted, offset=offset, this_year=this_year)
        return replace(answer, took_ms=round((time.perf_counter() - began) * 1e3, 2))

    def path(self, topic: str) -> Answer:
        """Lay out what to read first, next and last on a topic: a week's reading at most."""
        query = replace(self.understand(topic), intent="path", sides=())
        answer = self._answer(self._snapshot(), query, None, 0, laid_out=True)
        return replace(answer, hits=tuple(hit for hit in answer.hits if hit.step))

    # -- looking up ----------------------------------------------------------------------------

    def paper(self, name: str) -> Paper:
        """Give a paper by id, title or nickname; raises ``UnknownPaper`` with the nearest."""
        return self._snapshot().paper(name)

    def complete(self, prefix: str, limit: int = 25) -> list[Suggestion]:
        """Give papers that go by a name that begins so, then those of which a later word does."""
        engine = self._snapshot()
        names, wanted = engine.catalogue.names, text.name_key(prefix)
        found: Iterable[int] = range(len(engine.catalogue))
        if wanted:
            found = chain.from_iterable(
                chain(
                    (row for _, row in names.beginning(wanted, curated=curated)),
                    names.holding(wanted, curated=curated),
                )
                for curated in (False, True)  # what the lists themselves call a paper goes first
            )
        rows: dict[int, None] = {}
        for row in found:
            if len(rows) == limit:
                break
            rows[row] = None
        papers = engine.catalogue.papers([*rows])
        return [Suggestion(paper.id, paper.title) for paper in papers]

    def sections(self) -> list[SectionSummary]:
        """Give every section of the lists with how many papers stand in it."""
        engine = self._snapshot()
        counts = Counter(engine.catalogue.columns.member_section.tolist())
        return [
            SectionSummary(section.path, counts[at], section.file)
            for at, section in enumerate(engine.corpus.sections)
            if section.path
        ]

    @staticmethod
    def query_text(query: Query) -> str:
        """Write a query as one line that ``ask`` understands as the same query again."""
        return query_text(query)

    # -- the index -------------------------------------------------------------------------------

    def status(self) -> Status:
        """Tell what is loaded."""
        engine = self._snapshot()
        manifest = engine.manifest
        return Status(
            papers=manifest.papers,
            lists=sum(not name.startswith("../") for name in manifest.sources),
            sections=manifest.sections,
            model=manifest.model,
            generation=engine.folder.name,
            built_at=manifest.built_at,
            problems=manifest.problems,
            stale=self.stale(),
        )

    def stale(self) -> bool:
        """Tell whether the lists on disk differ from what is loaded."""
        return self._upkeep.stale()

    def reload(self) -> bool:
        """Swap in the generation that is current on disk, if it is another than the loaded."""
        return self._upkeep.reload()

    def refresh(self, progress: Progress | None = None, *, force: bool = False) -> Built | None:
        """Build the index where it is due (see ``Upkeep.refresh``); gives what was built."""
        return self._upkeep.refresh(progress, force=force)

    def mend_encoder(self) -> bool:
        """Export the encoder again where its export is lost; gives whether there is a new one."""
        return self._upkeep.mend_encoder()

    def _snapshot(self) -> Engine:
        return self._upkeep.snapshot()
