"""The bot's tests stand on this: the real engine over small lists, hooks, a bot in a thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from paperbot.assistant import Assistant
from paperbot.bot import BotConfig, make_bot
from paperbot.bot.client import PaperBot
from paperbot.settings import Settings
from tests.conftest import WordEncoder
from tests.fakediscord import FakeDiscord

LONG = "An Unusually Long Title That Goes On About Speculative Widgets "
LISTS = {
    "serving.md": """# Serving large models

## KV cache
- [C60 2023 SOSP] [Efficient Memory Management for Large Language Model Serving with PagedAttention](https://arxiv.org/abs/2309.06180) :+1:
- [C12 2024] [KV cache compression for long contexts](https://arxiv.org/abs/2401.00001)
- [C5 2022] [A survey of KV cache management](https://arxiv.org/abs/2201.00002)
- [C3 2021] [Evicting the KV cache](https://arxiv.org/abs/2101.00003)
- [C2 2025] [Quantised KV cache kernels](https://arxiv.org/abs/2501.00004)
- [C9 2024] [Sharing a KV cache between requests](https://arxiv.org/abs/2402.00005)
- [C1 2020] [Offloading the KV cache to disk](https://arxiv.org/abs/2001.00006)

## Scheduling
- [C30 2022 OSDI] [Orca: A Distributed Serving System for Transformer-Based Generative Models](https://www.usenix.org/conference/osdi22/presentation/yu)
- [C4 2024] [Scheduling of prefill and decode](https://arxiv.org/abs/2403.00007)
""",
    "training.md": """# Training

## Parallelism
- [C800 2019] [Megatron-LM: Training Multi-Billion Parameter Language Models](https://arxiv.org/abs/1909.08053)
- [C700 2020 SC] [ZeRO: Memory Optimizations Toward Training Trillion Parameter Models](https://arxiv.org/abs/1910.02054) :+1:

## Widgets
"""
    + "".join(
        f"- [2024] [{LONG * 3}{number} *with* `marks` @everyone _and_ [brackets]]"
        f"(https://arxiv.org/abs/2405.{10000 + number})\n"
        for number in range(25)
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Where:
    """A data folder and an index folder."""

    root: Path

    @property
    def settings(self) -> Settings:
        """As `paperbot` would have them."""
        return Settings(data_dir=self.root, index_dir=self.root / "index", _env_file=None)

    @property
    def lists_dir(self) -> Path:
        """Where the lists are."""
        return self.settings.lists_dir


def write_lists(root: Path, lists: dict[str, str] | None = None) -> Where:
    """A small library on disk."""
    where = Where(root)
    where.lists_dir.mkdir(parents=True, exist_ok=True)
    for name, text in (LISTS if lists is None else lists).items():
        (where.lists_dir / name).write_text(text, encoding="utf-8")
    return where


def open_engine(where: Where) -> Assistant:
    """The real engine, with an encoder that needs no model."""
    return Assistant.open(where.settings, encoder=Remembering())


@dataclass
class Hooked:
    """The real engine, whose calls a test can slow down, hang, or make fail."""

    real: Any
    before: Callable[[str, tuple[Any, ...]], Any] | None = None
    calls: list[str] = field(default_factory=list)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.real, name)
        if not callable(found):
            return found

        def call(*args: Any, **kwargs: Any) -> Any:
            self.calls.append(name)
            if self.before is not None:
                instead = self.before(name, args)
                if instead is not None:
                    return instead
            return found(*args, **kwargs)

        return call


class Remembering(WordEncoder):
    """The tests' encoder with a memory for words: 20,000 titles in a second."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def _word(self, word: str) -> Any:
        if word not in self._known:
            self._known[word] = WordEncoder._word(word)
        return self._known[word]


def point_at(fake: FakeDiscord) -> None:
    """Let discord.py in this process find the fake."""
    Route.BASE = fake.api
    DiscordWebSocket.DEFAULT_GATEWAY = URL(fake.gateway_url)


class Running:
    """The real bot, on a loop and a thread of its own."""

    def __init__(
        self, fake: FakeDiscord, engine: Any, config: BotConfig, *, patched: bool = True,
        connector: Callable[[], Any] | None = None,
    ) -> None:  # fmt: skip
        if patched:
            point_at(fake)
        self.fake = fake
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="bot", daemon=True)
        self._thread.start()
        self.bot: PaperBot = self.call(self._make(engine, config, connector))
        self._task = asyncio.run_coroutine_threadsafe(self.bot.start(fake.token), self._loop)
        fake.until(lambda: self.bot.is_ready() and self.bot.desk.generation, "the bot to be ready")
        fake.until(lambda: "not yet" not in self.bot.synced, "the commands to be synced")

    async def _make(
        self, engine: Any, config: BotConfig, connector: Callable[[], Any] | None
    ) -> PaperBot:
        way = connector() if connector else None
        return make_bot(engine, config, connector=way, guild_ready_timeout=0.01)

    def call(self, work: Any) -> Any:
        """Run a coroutine on the bot's loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(20)

    def stop(self) -> None:
        """Close the bot."""
        if self._loop.is_running():
            self.call(self.bot.close())
            time.sleep(0.01)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(5)


def config_for(where: Where, **changes: Any) -> BotConfig:
    """A bot that a test need not wait for."""
    known: dict[str, Any] = {
        "token": None, "lists_dir": where.lists_dir, "state_dir": where.root / "state",
        "cooldown": 0.0, "poll_every": 600.0, "beat_every": 0.2, "answer_timeout": 6.0,
    }  # fmt: skip
    return BotConfig(**{**known, **changes})
