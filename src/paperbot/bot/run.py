"""Running the bot: from the token to the exit code, with every way that it can end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import aiohttp
import discord

from paperbot.bot.client import PaperBot, make_bot
from paperbot.bot.config import BotConfig
from paperbot.bot.failures import (
    ClosedForGood,
    MissingToken,
    RefusedIntent,
    RefusedToken,
    Unreachable,
)
from paperbot.bot.lanes import Lane
from paperbot.bot.logs import note, set_up
from paperbot.errors import PaperbotError

if TYPE_CHECKING:
    from paperbot.assistant import Assistant

_Connector = Callable[[], aiohttp.BaseConnector] | None
_TOKEN = re.compile(r"[\w.=-]+", re.ASCII)
_LEAVING = 2.0
"""Seconds for saying goodbye to Discord."""
_OPENING = 24 * 3600.0


def run_bot(
    open_assistant: Callable[[], Assistant],
    config: BotConfig,
    *,
    level: int = logging.INFO,
    connector: _Connector = None,
) -> int:
    """Run until SIGTERM or SIGINT (0), or until it cannot go on: one line and its exit code.

    ``open_assistant`` is called in a thread once the token is known to be there; it may build the
    index. Logging is set up here, ``level`` and above.
    """
    set_up(config.token, level=level)
    try:
        asyncio.run(_run(open_assistant, config, connector))
    except PaperbotError as error:
        print(f"paperbot: {error}", file=sys.stderr)  # noqa: T201 - the one line
        return error.exit_code
    except KeyboardInterrupt:
        return 0
    return 0


async def _run(
    open_assistant: Callable[[], Assistant],
    config: BotConfig,
    connector: _Connector,
) -> None:
    token = (config.token or "").strip()
    if not token:
        raise MissingToken
    if not _TOKEN.fullmatch(token):
        raise RefusedToken
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    opening = asyncio.create_task(Lane("paperbot-open", 1, 0).run(open_assistant, timeout=_OPENING))
    if not await _first(opening, stop):
        return
    bot = make_bot(opening.result(), config, connector=connector() if connector else None)
    running = asyncio.create_task(_connected(bot, token, connector))
    try:
        if await _first(running, stop):
            await running
    finally:
        await _leave(bot, running)
        note("stopped")


async def _first(work: asyncio.Task[object] | asyncio.Task[Assistant], stop: asyncio.Event) -> bool:
    """Did the work end before the bot was told to stop?"""
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait({work, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    return work.done()


async def _connected(bot: PaperBot, token: str, connector: _Connector) -> None:
    """Log in, with patience, and stay connected; raises what ends the bot."""
    try:
        await _log_in(bot, token, connector)
        await bot.connect()
    except discord.LoginFailure:
        raise RefusedToken from None
    except discord.PrivilegedIntentsRequired:
        raise RefusedIntent from None
    except discord.ConnectionClosed as error:
        if error.code == 4004:
            raise RefusedToken from None
        raise ClosedForGood(error.code) from None


async def _log_in(bot: PaperBot, token: str, connector: _Connector) -> None:
    """Discord may be away for a moment when a machine starts: try again until patience ends."""
    until, wait = asyncio.get_running_loop().time() + bot.config.patience, 0.5
    while True:
        try:
            await bot.login(token)
            return
        except discord.LoginFailure:
            raise
        except (OSError, aiohttp.ClientError, TimeoutError, discord.HTTPException) as error:
            if asyncio.get_running_loop().time() + wait > until:
                said = f"HTTP {error.status}" if isinstance(error, discord.HTTPException) else ""
                raise Unreachable(said or type(error).__name__) from None
            note("Discord is not reachable yet", level=logging.WARNING, error=None)
            await bot.http.close()
            bot.http.connector = connector() if connector else discord.utils.MISSING
            await asyncio.sleep(wait)
            wait = min(wait * 2, 10.0)


async def _leave(bot: PaperBot, running: asyncio.Task[None]) -> None:
    """Let questions under way be answered, then close; never longer than a few seconds."""
    if not running.done():
        await bot.desk.drained(bot.config.close_within)
    with contextlib.suppress(Exception):
        await asyncio.wait_for(bot.close(), _LEAVING)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError, Exception):
        await running
