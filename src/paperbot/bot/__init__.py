"""The Discord bot. ``health`` needs no Discord library; the rest loads it when first used.

- ``BotConfig``: what the bot is told, as plain values.
- ``make_bot(assistant, config)``: a client that has not connected yet.
- ``run_bot(open_assistant, config)``: runs until SIGTERM and returns the exit code.
- ``health(path)``: exit code and one line about the bot that runs elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from paperbot.bot.config import BotConfig
from paperbot.bot.heartbeat import health

if TYPE_CHECKING:
    from paperbot.bot.client import make_bot
    from paperbot.bot.run import run_bot

__all__ = ["BotConfig", "health", "make_bot", "run_bot"]


def __getattr__(name: str) -> Any:
    if name == "make_bot":
        from paperbot.bot.client import make_bot

        return make_bot
    if name == "run_bot":
        from paperbot.bot.run import run_bot

        return run_bot
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
