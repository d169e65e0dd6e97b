"""The client: one connection to Discord, its background tasks, and the last catch for errors."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from paperbot.bot.admin import add_admin
from paperbot.bot.clicks import Clicks
from paperbot.bot.commands import add_commands
from paperbot.bot.config import BotConfig
from paperbot.bot.delivery import say
from paperbot.bot.desk import Desk
from paperbot.bot.embeds import notice
from paperbot.bot.heartbeat import beat
from paperbot.bot.logs import note
from paperbot.bot.messages import Messages
from paperbot.bot.watcher import ListWatcher

if TYPE_CHECKING:
    import aiohttp

    from paperbot.assistant import Assistant


def make_bot(
    assistant: Assistant,
    config: BotConfig,
    *,
    connector: aiohttp.BaseConnector | None = None,
    guild_ready_timeout: float = 2.0,
) -> PaperBot:
    """A bot that has not connected yet; ``await bot.start(token)`` connects it.

    ``connector`` is the way to the network (a proxy's, or a test's); ``guild_ready_timeout`` is
    how many seconds after the last server appeared the bot counts as ready.
    """
    return PaperBot(assistant, config, connector, guild_ready_timeout)


discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks


class PaperBot(discord.Client):
    """The lab's bot. Asks for no privileged intent unless one channel's messages are wanted."""

    def __init__(
        self,
        assistant: Assistant,
        config: BotConfig,
        connector: aiohttp.BaseConnector | None,
        guild_ready_timeout: float,
    ) -> None:
        intents = discord.Intents.none()
        intents.guilds = intents.guild_messages = intents.dm_messages = True
        intents.message_content = config.channel is not None
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            connector=connector,
            guild_ready_timeout=guild_ready_timeout,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.config = config
        self.desk = Desk(assistant, config)
        self.watcher = ListWatcher(self.desk)
        self.synced = "commands not yet compared"
        self.tree = Tree(self)
        add_commands(self.tree, self.desk)
        add_admin(self.tree, self.desk, self)
        self._clicks = Clicks(self.desk)
        self._messages = Messages(self, self.desk)
        self._tasks: set[asyncio.Task[None]] = set()

    async def setup_hook(self) -> None:
        """Start what runs beside the questions."""
        asyncio.get_running_loop().set_exception_handler(_unhandled)
        for task in (self.desk.refresh, self.sync, self.watcher.watch, self._beat):
            self._spawn(task)

    def _spawn(self, work: Callable[[], Awaitable[None]]) -> None:
        async def guarded() -> None:
            try:
                await work()
            except Exception as error:
                note("background task failed", level=logging.ERROR, error=error)

        task = asyncio.create_task(guarded())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def sync(self, *, force: bool = False) -> None:
        """Tell Discord the commands, if they are not the ones it was told last."""
        where = discord.Object(self.config.guild) if self.config.guild else None
        if where is not None:
            self.tree.copy_global_to(guild=where)
        commands = [c.to_dict(self.tree) for c in self.tree.get_commands(guild=where)]
        told = [self.application_id, self.config.guild, commands]
        mark = hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()
        if not force and _read_mark(self.config) == mark:
            self.synced = "commands unchanged"
            return
        try:
            await self.tree.sync(guild=where)
        except (discord.HTTPException, app_commands.AppCommandError) as error:
            self.synced = "commands could not be synced"
            note("commands not synced", level=logging.ERROR, error=error)
            return
        _write_mark(self.config, mark)
        self.synced = f"commands synced at {time.strftime('%Y-%m-%d %H:%M')}"
        note("commands synced", guild=self.config.guild)

    async def _beat(self) -> None:
        while True:
            self.write_heartbeat()
            await asyncio.sleep(self.config.beat_every)

    def write_heartbeat(self) -> None:
        """Say in a file how the bot is, for `paperbot health`."""
        up = self.is_ready() and self.ws is not None and self.ws.open
        try:
            beat(self.config.heartbeat_file, gateway=up, index=self.desk.generation)
        except OSError as error:
            note("heartbeat not written", level=logging.WARNING, error=error)

    async def connect(self, *, reconnect: bool = True) -> None:
        """Stay connected; a gateway that is down at the start is waited for.

        discord.py 2.7.1 waits for one that goes down later, but stumbles over the first
        connection: it looks for the websocket to resume, and there has been none.
        """
        wait = 0.5
        while True:
            try:
                await super().connect(reconnect=reconnect)
                return
            except AttributeError:
                if self.ws is not None or self.is_closed():
                    raise
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)

    async def on_connect(self) -> None:
        """Connected; messages arrive from now on."""
        note("connected")

    async def on_ready(self) -> None:
        """The servers are known too."""
        self.write_heartbeat()

    async def on_resumed(self) -> None:
        """Connected again; nothing was missed."""
        note("connected again")

    async def on_message(self, message: discord.Message) -> None:
        """Hand a message to those who know whether it is meant for the bot."""
        await self._messages.on_message(message)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Hand clicks and forms on; commands have their tree."""
        await self._clicks.on_interaction(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """The last catch: whoever clicked is told, the log holds the rest."""
        import sys

        error = sys.exception()
        if not isinstance(error, Exception):
            return
        word = self.desk.sorry(error, event_method)
        if args and isinstance(args[0], discord.Interaction):
            await say(args[0], word, door=event_method)

    async def close(self) -> None:
        """Stop the background tasks and leave Discord."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await super().close()


class Tree(app_commands.CommandTree[PaperBot]):
    """The commands, with one place where their errors end."""

    async def on_error(
        self, interaction: discord.Interaction[PaperBot], error: app_commands.AppCommandError, /
    ) -> None:
        """Tell the member; log what is the bot's fault."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        if isinstance(error, app_commands.CheckFailure):
            word = notice("That is for members who may manage this server.")
        elif isinstance(
            error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch
        ):
            word = notice("That command has changed. Try again in a minute.")
            self.client.synced = "Discord shows old commands: `/admin sync`"
        elif isinstance(error, app_commands.TransformerError):
            word = notice("I cannot use one of those values.")
        else:
            cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
            word = self.client.desk.sorry(cause, "command")
        await say(interaction, word, door="command")


def _unhandled(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Python's own handler would log the exception's words, which may quote a question."""
    note("unhandled error", level=logging.ERROR, error=context.get("exception"))


def _read_mark(config: BotConfig) -> str | None:
    try:
        return str(json.loads(config.synced_file.read_text(encoding="utf-8"))["tree"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_mark(config: BotConfig, mark: str) -> None:
    config.state_dir.mkdir(parents=True, exist_ok=True)
    draft = config.synced_file.with_suffix(".new")
    draft.write_text(json.dumps({"tree": mark}), encoding="utf-8")
    draft.replace(config.synced_file)
