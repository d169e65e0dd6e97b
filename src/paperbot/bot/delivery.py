"""Replies on their way to Discord, and what happens when Discord will not have them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import aiohttp
import discord

from paperbot.bot.desk import Desk
from paperbot.bot.logs import note
from paperbot.bot.questions import Reply

LOST = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What sending can end with: Discord's refusal, or a broken connection."""
GONE = {10008, 10015, 10062, 40060, 50027}
"""Unknown message, webhook or interaction; answered already; token expired: nobody is waiting."""


async def deliver(
    desk: Desk,
    interaction: discord.Interaction,
    work: Callable[[], Awaitable[Reply]],
    *,
    door: str,
    in_place: bool = False,
) -> None:
    """Acknowledge at once, do the work, show its reply; never raises for Discord's refusals.

    With ``in_place`` the reply replaces the message whose button was clicked; else it is a new
    one that only the asker sees (in private messages there is nobody else).
    """
    with desk.serving():
        await _deliver(desk, interaction, work, door=door, in_place=in_place)


async def _deliver(
    desk: Desk,
    interaction: discord.Interaction,
    work: Callable[[], Awaitable[Reply]],
    *,
    door: str,
    in_place: bool,
) -> None:
    private = interaction.guild_id is not None
    try:
        if in_place:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=private, thinking=True)
    except LOST as error:
        refused("acknowledgement", error, door)
        return
    failed: discord.Embed | None = None
    try:
        reply = await work()
    except Exception as error:
        failed = desk.sorry(error, door)
        reply = Reply(failed)
    try:
        if in_place and failed is not None:
            await interaction.followup.send(embed=failed, ephemeral=private)
        else:
            await interaction.edit_original_response(embed=reply.embed, view=reply.view)
    except LOST as error:
        refused("answer", error, door)


async def say(interaction: discord.Interaction, embed: discord.Embed, *, door: str) -> None:
    """A word to the member who clicked, seen by nobody else."""
    private = interaction.guild_id is not None
    try:
        if interaction.response.is_done():
            await interaction.followup.send(embed=embed, ephemeral=private)
        else:
            await interaction.response.send_message(embed=embed, ephemeral=private)
    except LOST as error:
        refused("word", error, door)


def refused(what: str, error: BaseException, door: str) -> None:
    """Log that Discord would not take something: news where someone waits for it, else not."""
    code, status = getattr(error, "code", None), getattr(error, "status", None)
    level = logging.INFO if code in GONE else logging.WARNING
    kind = type(error).__name__
    note(f"{what} not delivered", level=level, door=door, kind=kind, status=status, code=code)
