"""`/admin`: status, reload, sync; for members who may manage the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands

from paperbot.bot import embeds
from paperbot.bot.delivery import deliver
from paperbot.bot.desk import Desk
from paperbot.bot.questions import Reply
from paperbot.bot.text import escape

if TYPE_CHECKING:
    from paperbot.bot.client import PaperBot


def add_admin(tree: app_commands.CommandTree, desk: Desk, bot: PaperBot) -> None:
    """Put `/admin` on the tree."""
    group = app_commands.Group(
        name="admin",
        description="How I am, for those who manage the server",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @group.command(description="What I have read, answered and noticed")
    @app_commands.check(may_manage)
    async def status(interaction: discord.Interaction) -> None:
        async def work() -> Reply:
            known = await desk.upkeep(desk.assistant.status)
            said = f"{bot.watcher.said}; {bot.synced}"
            return Reply(embeds.status_embed(known, desk.counters, said, desk.under_way))

        await deliver(desk, interaction, work, door="admin")

    @group.command(description="Look at the lists now, build them if they changed")
    @app_commands.check(may_manage)
    async def reload(interaction: discord.Interaction) -> None:
        async def work() -> Reply:
            return Reply(embeds.notice(escape(await bot.watcher.look(force=True), 900)))

        await deliver(desk, interaction, work, door="admin")

    @group.command(description="Tell Discord my commands again")
    @app_commands.check(may_manage)
    async def sync(interaction: discord.Interaction) -> None:
        async def work() -> Reply:
            await bot.sync(force=True)
            return Reply(embeds.notice(escape(bot.synced, 300)))

        await deliver(desk, interaction, work, door="admin")

    tree.add_command(group)


def may_manage(interaction: discord.Interaction) -> bool:
    """Discord hides `/admin` from other members by default; a server may show it, so ask again."""
    return interaction.guild_id is not None and interaction.permissions.manage_guild
