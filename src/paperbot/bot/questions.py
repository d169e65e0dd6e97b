"""Questions of every door, from the words to the reply: asked, paged, followed up, explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from paperbot.bot import controls, embeds
from paperbot.bot.desk import Desk
from paperbot.bot.embeds import notice
from paperbot.bot.logs import log, note
from paperbot.bot.state import State
from paperbot.bot.text import spoken
from paperbot.errors import UnknownPaper, UsageError
from paperbot.search.answer import Answer, Filters, Query
from paperbot.search.followups import is_courtesy, more_like

if TYPE_CHECKING:
    from paperbot.assistant import Assistant

PAGE, MOST = 5, 10
"""Hits on a page, unless the asker says otherwise, and the most that one embed shows."""
ASK_MOST = 1000
"""Characters of a question that are read."""
_NUMBER = r"\s*(?:#|no\.?|number)?\s*(\d{1,3})\s*[?.!]*"
_WHY = re.compile(r"why(?:\s+(?:is|was))?" + _NUMBER, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent: one embed, and controls under it where it has any."""

    embed: discord.Embed
    view: discord.ui.View | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, through which door, and whether their answers can be shared."""

    member: int
    door: str
    share: bool = False


async def ask(
    desk: Desk,
    asker: Asker,
    question: str,
    *,
    previous: State | None = None,
    filters: Filters | None = None,
    count: int | None = None,
) -> Reply:
    """Answer a question. ``previous`` is what the answer it follows up remembers, if any."""
    question = spoken(question)[:ASK_MOST]
    if not any(char.isalnum() for char in question):
        return notice_empty()
    if previous and (number := _WHY.fullmatch(question)):
        return await _explain(desk, asker, previous, int(number.group(1)))
    if previous and (rank := more_like(question, PAGE)) is not None:
        return await like_hit(desk, asker, previous, rank - 1)
    if previous and is_courtesy(question):
        return Reply(notice("You are welcome. Ask on."))
    engine, size = desk.assistant, _size(count)

    def call() -> tuple[Answer, State]:
        last = _query(engine, previous) if previous else None
        answer = engine.ask(question, filters=filters, count=size, previous=last, laid_out=True)
        return answer, State(engine.query_text(answer.query))

    return await _answered(desk, asker, call, offset=0, size=size)


async def page(desk: Desk, asker: Asker, state: State, offset: int, size: int) -> Reply:
    """Another page of the answer that remembers ``state``."""
    engine, size = desk.assistant, _size(size) or PAGE

    def call() -> tuple[Answer, State]:
        return _again(engine, state, offset, size), state

    return await _answered(desk, asker, call, offset=offset, size=size, cooldown=False)


async def similar(
    desk: Desk, asker: Asker, like: str, *, offset: int = 0, size: int = PAGE, paper: bool = True
) -> Reply:
    """Papers like a paper (its id, title or nickname) or, with ``paper`` false, like a text."""
    engine, size = desk.assistant, _size(size) or PAGE

    def call() -> tuple[Answer, State]:
        kept = engine.paper(like).title if paper else like
        return engine.similar(like, count=size, offset=offset), State(kept, like=True)

    key = like if paper and controls.key_fits(like) else ""
    return await _answered(
        desk, asker, call, offset=offset, size=size, like=key, cooldown=offset == 0
    )


async def like_hit(desk: Desk, asker: Asker, state: State, place: int) -> Reply:
    """Papers like the hit at ``place`` (from 0) of the answer that remembers ``state``."""
    engine = desk.assistant

    def call() -> tuple[Answer, State]:
        hits = _again(engine, state, place, 1).hits if place >= 0 else ()
        if not hits:
            raise UsageError(f"That answer has no number {place + 1}.")
        found = hits[0].paper
        return engine.similar(found.id, count=PAGE), State(found.title, like=True)

    return await _answered(desk, asker, call, offset=0, size=PAGE)


async def in_section(desk: Desk, asker: Asker, heading: str) -> Reply:
    """What a section holds, best known first."""
    return await ask(desk, asker, heading, filters=Filters(section=heading))


async def paper(desk: Desk, asker: Asker, name: str) -> Reply:
    """All about one paper, by its id, title or nickname; the nearest titles where none has it."""
    try:
        found, _ = await desk.take(
            asker.member, lambda: desk.assistant.paper(name[:ASK_MOST]), cooldown=False
        )
    except UnknownPaper as error:
        view = controls.choice_controls(error.suggestions, asker.member)
        return Reply(desk.sorry(error, asker.door), view)
    view = controls.paper_controls(found, asker.member, share=asker.share)
    return Reply(embeds.paper_embed(found), view)


def sections(desk: Desk, asker: Asker, offset: int) -> Reply:
    """A page of the sections; from memory."""
    known = desk.sections
    return Reply(
        embeds.sections_embed(known, offset),
        controls.section_controls(known, asker.member, offset),
    )


def notice_empty() -> Reply:
    """The word for a question without words."""
    return Reply(notice("Ask me for papers: for example **what should I read on KV caches**."))


async def _explain(desk: Desk, asker: Asker, state: State, rank: int) -> Reply:
    engine = desk.assistant
    answer, _ = await desk.take(asker.member, lambda: _again(engine, state, max(0, rank - 1), 1))
    if rank < 1 or not answer.hits:
        return Reply(notice(f"That answer has no number {rank}."))
    return Reply(embeds.why_embed(answer.hits[0], state))


async def _answered(
    desk: Desk,
    asker: Asker,
    call: Callable[[], tuple[Answer, State]],
    *,
    offset: int,
    size: int | None,
    like: str = "",
    cooldown: bool = True,
) -> Reply:
    (answer, state), took = await desk.take(asker.member, call, cooldown=cooldown)
    steps = sum(hit.step is not None for hit in answer.hits)
    size = size or _size(answer.query.count) or steps or PAGE
    answer = replace(answer, hits=answer.hits[:size])
    desk.counters.answered(took, nothing=answer.confidence == "nothing")
    note(
        "answered", door=asker.door, took_ms=round(took, 1), confidence=answer.confidence,
        hits=len(answer.hits), total=answer.total,
    )  # fmt: skip
    log.debug("question: %s", answer.query.asked)
    share, member = asker.share, asker.member
    return Reply(
        embeds.answer_embed(answer, state, offset),
        controls.answer_controls(answer, member, offset, size, like=like, share=share),
    )


def _again(engine: Assistant, state: State, offset: int, count: int) -> Answer:
    if state.like:
        return engine.similar(state.text, count=count, offset=offset)
    return engine.ask(state.text, count=count, offset=offset, laid_out=True)


def _query(engine: Assistant, state: State) -> Query:
    if state.like:
        return Query(state.text, asked=state.text, intent="similar")
    return engine.understand(state.text)


def _size(count: int | None) -> int | None:
    return min(max(count, 1), MOST) if count is not None else None
