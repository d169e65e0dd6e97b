"""Questions asked by writing: mentions, replies that ping, private messages, one channel."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict

import discord

from paperbot.bot import questions
from paperbot.bot.delivery import LOST, refused
from paperbot.bot.desk import Desk, Refused
from paperbot.bot.logs import note
from paperbot.bot.questions import Asker, Reply
from paperbot.bot.state import State, state_of

_TYPING_LASTS = 8.0
_SEEN = 2000
"""Message ids remembered, so that an event delivered twice is answered once."""
_FORBIDDEN = {50001, 50013, 160002}
_REPLY_TO_NOTHING = 50035


class Messages:
    """Answers the messages that are meant for the bot, and no other."""

    def __init__(self, client: discord.Client, desk: Desk) -> None:
        self._client = client
        self._desk = desk
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._last: OrderedDict[tuple[int, int], tuple[State, float]] = OrderedDict()
        self._denied: set[int] = set()

    async def on_message(self, message: discord.Message) -> None:
        """Answer one message if it is meant for the bot."""
        me = self._client.user
        if me is None or not self._meant_for(message, me) or not self._new(message.id):
            return
        with self._desk.serving():
            await self._answer(message, me)

    async def _answer(self, message: discord.Message, me: discord.ClientUser) -> None:
        typing = asyncio.create_task(_typing(message.channel))
        private = message.guild is None
        asker = Asker(message.author.id, "private" if private else "channel", share=False)
        reply: Reply | None
        try:
            reply = await questions.ask(
                self._desk, asker, message.content, previous=self._previous(message, me)
            )
        except Refused as error:
            reply = Reply(self._desk.sorry(error, asker.door)) if error.first else None
        except Exception as error:
            reply = Reply(self._desk.sorry(error, asker.door))
        finally:
            typing.cancel()
        if reply is not None:
            await self._send(message, reply)

    def _meant_for(self, message: discord.Message, me: discord.ClientUser) -> bool:
        if message.author.bot or message.webhook_id or message.author.id == me.id:
            return False
        if message.type not in (discord.MessageType.default, discord.MessageType.reply):
            return False
        if message.guild is None or message.channel.id == self._desk.config.channel:
            return True
        return any(member.id == me.id for member in message.mentions)

    def _new(self, message: int) -> bool:
        if message in self._seen:
            return False
        self._seen[message] = None
        while len(self._seen) > _SEEN:
            self._seen.popitem(last=False)
        return True

    def _previous(self, message: discord.Message, me: discord.ClientUser) -> State | None:
        """The answer that a message follows up: the one it replies to, in private the last one."""
        answered = message.reference.resolved if message.reference else None
        if isinstance(answered, discord.Message):
            return state_of(answered) if answered.author.id == me.id else None
        if message.guild is not None:
            return None
        state, at = self._last.get((message.channel.id, message.author.id), (None, 0.0))
        return state if time.monotonic() - at < self._desk.config.follow_up_for else None

    async def _send(self, message: discord.Message, reply: Reply) -> None:
        try:
            sent = await _reply(message, reply)
        except LOST as error:
            code = getattr(error, "code", None)
            if code in _FORBIDDEN:
                self._forbidden(message.channel.id, code)
            elif code == _REPLY_TO_NOTHING:
                note("question deleted before its answer")
            else:
                refused("answer", error, "channel")
            return
        state = state_of(sent)
        if message.guild is None and state:
            self._last[message.channel.id, message.author.id] = (state, time.monotonic())
            while len(self._last) > _SEEN:
                self._last.popitem(last=False)

    def _forbidden(self, channel: int, code: int | None) -> None:
        """A channel where the bot may not write is worth one line, not one a question."""
        if channel in self._denied:
            return
        self._denied.add(channel)
        note(
            "may not answer here: needs View Channel, Send Messages, Embed Links and Read Message "
            "History", level=logging.WARNING, channel=channel, code=code,
        )  # fmt: skip


async def _reply(message: discord.Message, reply: Reply) -> discord.Message:
    if reply.view is None:
        return await message.reply(embed=reply.embed, mention_author=False)
    return await message.reply(embed=reply.embed, view=reply.view, mention_author=False)


async def _typing(channel: discord.abc.Messageable) -> None:
    """Show that the bot is at it; whether Discord takes that does not matter."""
    with contextlib.suppress(*LOST):
        while True:
            await channel.typing()
            await asyncio.sleep(_TYPING_LASTS)
