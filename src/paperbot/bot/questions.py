"""Questions of every door, from the words to the reply: asked, paged, followed up, explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import discord

from paperbot.bot import controls, embeds
from paperbot.bot.desk import Desk
from paperbot.bot.embeds import ASKED, SIMILAR, keep, notice
from paperbot.bot.logs import note
from paperbot.errors import UsageError
from paperbot.search.answer import Answer, Filters

if TYPE_CHECKING:
    from paperbot.assistant import Assistant

PAGE, MOST = 5, 10
"""Hits on a page, unless the asker says otherwise, and the most that one embed shows."""
ASK_MOST = 1000
"""Characters of a question that are read."""
_WHY = re.compile(r"why(?:\s+(?:is|was))?\s*(?:#|no\.?|number)?\s*(\d{1,3})\s*\??", re.IGNORECASE)


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
    previous: str | None = None,
    filters: Filters | None = None,
    count: int | None = None,
) -> Reply:
    """Answer a question. ``previous`` is the footer of the answer it follows up, if any."""
    question = question[:ASK_MOST]
    if not question.strip():
        return notice_empty()
    if previous and (why := _WHY.fullmatch(question.strip())):
        return await _explain(desk, asker, previous, int(why.group(1)))
    engine, size = desk.assistant, _size(count)
    before = previous.partition(": ")[2] if previous else None

    def call() -> tuple[Answer, str]:
        last = engine.read_back(before) if before else None
        answer = engine.ask(question, filters=filters, count=size, previous=last)
        return answer, engine.query_text(answer.query)

    return await _answered(desk, asker, call, offset=0, size=size)


async def page(desk: Desk, asker: Asker, state: str, offset: int, size: int) -> Reply:
    """Another page of the answer whose footer is ``state``."""
    engine, text = desk.assistant, state.partition(": ")[2]
    size = _size(size) or PAGE

    def call() -> tuple[Answer, str]:
        return _again(engine, state, offset, size), text

    kind = SIMILAR if state.startswith(SIMILAR) else ASKED
    return await _answered(desk, asker, call, offset=offset, size=size, kind=kind, cooldown=False)


async def similar(
    desk: Desk, asker: Asker, like: str, *, offset: int = 0, size: int = PAGE, paper: bool = True
) -> Reply:
    """Papers like a paper (its id, title or nickname) or, with ``paper`` false, like a text."""
    engine, size = desk.assistant, _size(size) or PAGE

    def call() -> tuple[Answer, str]:
        kept = engine.paper(like).title if paper else like
        return engine.similar(like, count=size, offset=offset), kept

    return await _answered(
        desk, asker, call, offset=offset, size=size, kind=SIMILAR,
        like=like if paper and controls.key_fits(like) else "", cooldown=offset == 0,
    )  # fmt: skip


async def like_hit(desk: Desk, asker: Asker, state: str, place: int) -> Reply:
    """Papers like the hit at ``place`` (from 0) of the answer whose footer is ``state``."""
    engine = desk.assistant

    def call() -> tuple[Answer, str]:
        hits = _again(engine, state, place, 1).hits
        if not hits:
            raise UsageError("That paper is no longer in the lists. Ask again.")
        return engine.similar(hits[0].paper.title, count=PAGE), hits[0].paper.title

    return await _answered(desk, asker, call, offset=0, size=PAGE, kind=SIMILAR)


async def in_section(desk: Desk, asker: Asker, heading: str) -> Reply:
    """What a section holds, best known first."""
    return await ask(desk, asker, heading, filters=Filters(section=heading))


async def paper(desk: Desk, asker: Asker, name: str) -> Reply:
    """All about one paper, by its id, title or nickname; the nearest titles where none has it."""
    from paperbot.errors import UnknownPaper

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


async def _explain(desk: Desk, asker: Asker, state: str, rank: int) -> Reply:
    engine = desk.assistant
    answer, _ = await desk.take(asker.member, lambda: _again(engine, state, max(0, rank - 1), 1))
    if rank < 1 or not answer.hits:
        return Reply(notice(f"That answer has no number {rank}."))
    return Reply(embeds.why_embed(answer.hits[0], state))


async def _answered(
    desk: Desk,
    asker: Asker,
    call: Callable[[], tuple[Answer, str]],
    *,
    offset: int,
    size: int | None,
    kind: str = ASKED,
    like: str = "",
    cooldown: bool = True,
) -> Reply:
    (answer, kept), took = await desk.take(asker.member, call, cooldown=cooldown)
    size = size or _size(answer.query.count) or PAGE
    answer = replace(answer, hits=answer.hits[:size])
    nothing = answer.confidence == "nothing"
    desk.counters.answered(took, nothing=nothing)
    note(
        "answered", door=asker.door, took_ms=round(took, 1), confidence=answer.confidence,
        hits=len(answer.hits), total=answer.total,
    )  # fmt: skip
    return Reply(
        embeds.answer_embed(answer, keep(kind, kept), offset),
        controls.answer_controls(
            answer, asker.member, offset, size, like=like, share=asker.share
        ),
    )


def _again(engine: Assistant, state: str, offset: int, count: int) -> Answer:
    text = state.partition(": ")[2]
    if state.startswith(SIMILAR):
        return engine.similar(text, count=count, offset=offset)
    return engine.ask(text, count=count, offset=offset)


def _size(count: int | None) -> int | None:
    return min(max(count, 1), MOST) if count is not None else None
