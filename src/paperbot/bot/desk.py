"""The desk: takes questions, refuses what is too much, and keeps the engine off the event loop."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

import discord

from paperbot.bot.config import BotConfig
from paperbot.bot.counters import Counters
from paperbot.bot.embeds import notice
from paperbot.bot.lanes import Full, Lane
from paperbot.bot.logs import note
from paperbot.bot.text import escape
from paperbot.errors import UsageError

if TYPE_CHECKING:
    from paperbot.assistant import Assistant, SectionSummary

T = TypeVar("T")


# Whether the member being served was acknowledged before the bot began to close.
_WELCOME: ContextVar[bool] = ContextVar("welcome", default=False)


class Refused(Exception):
    """A question that is not taken now. ``first`` is false where its asker was just told."""

    def __init__(self, text: str, *, first: bool = True) -> None:
        super().__init__(text)
        self.first = first


class Desk:
    """What every door of the bot shares: the engine, its lanes, the counters, the courtesies."""

    def __init__(self, assistant: Assistant, config: BotConfig) -> None:
        self.assistant = assistant
        self.config = config
        self.counters = Counters()
        self.closing = False
        self.sections: list[SectionSummary] = []
        self.generation: str | None = None
        self._engine = Lane("paperbot-engine", config.workers, config.waiting)
        self._quick = Lane("paperbot-quick", 2, 20)
        self._slow = Lane("paperbot-upkeep", 1, 4)
        self._last: dict[int, float] = {}
        self._told: dict[int, float] = {}
        self._busy: set[int] = set()
        self._open = 0
        self._serving = 0

    @property
    def under_way(self) -> int:
        """Questions taken and not yet answered."""
        return self._open

    async def take(
        self, member: int, call: Callable[[], T], *, cooldown: bool = True
    ) -> tuple[T, float]:
        """Run one member's question; its result, and how many milliseconds it took.

        Raises ``Refused``, ``TimeoutError``, or whatever the engine raises.
        """
        self._admit(member, cooldown=cooldown)
        started = time.monotonic()
        self._busy.add(member)
        self._open += 1
        try:
            result = await self._engine.run(
                call, timeout=self.config.answer_timeout, done=lambda: self._busy.discard(member)
            )
        except Full:
            self._busy.discard(member)
            self.counters.refused += 1
            raise Refused("I have more questions than I can hold. Ask again in a minute.") from None
        finally:
            self._open -= 1
        return result, (time.monotonic() - started) * 1000

    def _admit(self, member: int, *, cooldown: bool) -> None:
        now = time.monotonic()
        if self.closing and not _WELCOME.get():
            raise Refused("I am restarting. Ask again in a minute.")
        if member in self._busy:
            raise self._refusal(member, now, "I am still at your last question. One at a time.")
        wait = self._last.get(member, float("-inf")) + self.config.cooldown - now
        if cooldown and wait > 0:
            every = f"{self.config.cooldown:g} s"
            raise self._refusal(
                member, now, f"One question every {every}, please: ask again in {wait:.1f} s."
            )
        if cooldown:
            if len(self._last) > 10_000:
                self._last = {k: t for k, t in self._last.items() if now - t < 60}
            self._last[member] = now
            self._told.pop(member, None)

    def _refusal(self, member: int, now: float, text: str) -> Refused:
        self.counters.refused += 1
        first = now - self._told.get(member, float("-inf")) > 10
        self._told[member] = now
        return Refused(text, first=first)

    async def quick(self, call: Callable[[], T], default: T) -> T:
        """A look-up while someone types: ``default`` rather than late, never an error."""
        try:
            return await self._quick.run(call, timeout=self.config.complete_timeout)
        except (Full, TimeoutError):
            return default
        except Exception as error:
            note("completion failed", level=logging.WARNING, error=error)
            return default

    async def upkeep(self, call: Callable[[], T], *, timeout: float = 600.0) -> T:
        """Something slow that no member waits for: a look at the lists, a reload."""
        return await self._slow.run(call, timeout=timeout)

    async def refresh(self) -> None:
        """Read again what the bot keeps of the index; after the start and after each reload."""
        self.sections = await self.upkeep(lambda: list(self.assistant.sections()))
        self.generation = str((await self.upkeep(self.assistant.status)).generation)

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        """Around all that is done for one member, from the acknowledgement to the sent answer.

        Who was acknowledged before the bot began to close is still answered.
        """
        self._serving += 1
        before = _WELCOME.set(not self.closing)
        try:
            yield
        finally:
            self._serving -= 1
            _WELCOME.reset(before)

    async def drained(self, within: float) -> None:
        """Wait until everyone is served, but not longer than ``within`` seconds."""
        self.closing = True
        until = time.monotonic() + within
        while self._serving and time.monotonic() < until:
            await asyncio.sleep(0.02)

    def sorry(self, error: Exception, where: str) -> discord.Embed:
        """What the member reads; where it is the bot's fault, the log holds the rest by its id."""
        if isinstance(error, Refused):
            return notice(str(error))
        if isinstance(error, UsageError):
            return notice(escape(str(error), 1500))
        number = secrets.token_hex(4)
        self.counters.errors += 1
        note("error", level=logging.ERROR, error=error, id=number, where=where)
        if isinstance(error, TimeoutError):
            return notice(f"That took me too long, so I gave up (error `{number}`).", bad=True)
        return notice(
            f"Something went wrong on my side (error `{number}`). Try again in a moment; if it "
            "stays, tell the people who run me that number.",
            bad=True,
        )
