"""The slash commands and the message menu: they check, ask the desk and present."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, get_args

import discord
from discord import app_commands

from paperbot.bot import embeds, questions
from paperbot.bot.clicks import asker_of
from paperbot.bot.delivery import deliver, say
from paperbot.bot.desk import Desk
from paperbot.bot.questions import Reply
from paperbot.bot.text import cut, plain, words_of
from paperbot.paper import Kind
from paperbot.search.answer import Filters

_Command = app_commands.Command[Any, ..., None]
_Choice = app_commands.Choice[str]
_Complete = Callable[[discord.Interaction, str], Coroutine[Any, Any, list[_Choice]]]
_YEAR = app_commands.Range[int, 1900, 2100]
_COUNT = app_commands.Range[int, 1, questions.MOST]
_WORDS = app_commands.Range[str, 1, 1000]
_KINDS = [app_commands.Choice(name=kind, value=kind) for kind in get_args(Kind)]
_CHOICES = 25
if TYPE_CHECKING:
    from paperbot.assistant import Suggestion

_NO_TEXT = "That message has no text that I can read, so I cannot find papers like it."


def add_commands(tree: app_commands.CommandTree, desk: Desk) -> None:
    """Put the members' commands on the tree."""
    contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)
    commands: list[_Command | app_commands.ContextMenu] = [*_asking(desk), *_looking_up(desk)]
    for command in (*commands, _help(desk), _menu(desk)):
        command.allowed_contexts = contexts
        tree.add_command(command)


def _asking(desk: Desk) -> tuple[_Command, ...]:
    @app_commands.command(description="What should I read on a topic?")
    @app_commands.describe(
        topic="In your own words: a topic, a question, a comparison",
        since="Papers of this year or later",
        until="Papers of this year or earlier",
        section="Only this section of the lists",
        kind="Only surveys, blogs, …",
        starred="Only papers that a curator starred",
        count="How many on a page",
    )
    @app_commands.choices(kind=_KINDS)
    async def recommend(
        interaction: discord.Interaction,
        topic: _WORDS,
        since: _YEAR | None = None,
        until: _YEAR | None = None,
        section: app_commands.Range[str, 1, 200] | None = None,
        kind: Kind | None = None,
        starred: bool = False,
        count: _COUNT | None = None,
    ) -> None:
        filters = Filters(since=since, until=until, section=section, kind=kind, starred=starred)
        asker = asker_of(interaction, "recommend")
        await deliver(
            desk,
            interaction,
            lambda: questions.ask(desk, asker, topic, filters=filters, count=count),
            door="recommend",
        )

    @app_commands.command(description="Papers like one that you know")
    @app_commands.describe(paper="Its title or nickname")
    async def similar(interaction: discord.Interaction, paper: _WORDS) -> None:
        asker = asker_of(interaction, "similar")
        await deliver(
            desk, interaction, lambda: questions.similar(desk, asker, paper), door="similar"
        )

    recommend.autocomplete("section")(_sections_of(desk))
    similar.autocomplete("paper")(_titles_of(desk))
    return recommend, similar


def _looking_up(desk: Desk) -> tuple[_Command, ...]:
    @app_commands.command(description="All about one paper: notes, links, where it stands")
    @app_commands.describe(name="Its title or nickname")
    async def paper(interaction: discord.Interaction, name: _WORDS) -> None:
        asker = asker_of(interaction, "paper")
        await deliver(desk, interaction, lambda: questions.paper(desk, asker, name), door="paper")

    @app_commands.command(description="The sections of the reading lists")
    async def sections(interaction: discord.Interaction) -> None:
        asker = asker_of(interaction, "sections")

        async def work() -> Reply:
            return questions.sections(desk, asker, 0)

        await deliver(desk, interaction, work, door="sections")

    paper.autocomplete("name")(_titles_of(desk))
    return paper, sections


def _help(desk: Desk) -> _Command:
    @app_commands.command(name="help", description="What I can do, and what I keep of you")
    async def help_(interaction: discord.Interaction) -> None:
        me = desk.config.channel
        await say(interaction, embeds.help_embed(every_message_in=me), door="help")

    return help_


def _menu(desk: Desk) -> app_commands.ContextMenu:
    async def find_like(interaction: discord.Interaction, message: discord.Message) -> None:
        text = words_of(message)[: questions.ASK_MOST]
        if not text:
            await say(interaction, embeds.notice(_NO_TEXT), door="menu")
            return
        asker = asker_of(interaction, "menu")
        await deliver(
            desk,
            interaction,
            lambda: questions.similar(desk, asker, text, paper=False),
            door="menu",
        )

    return app_commands.ContextMenu(name="Find papers like this message", callback=find_like)


def _titles_of(desk: Desk) -> _Complete:
    async def titles(interaction: discord.Interaction, typed: str) -> list[_Choice]:
        nothing: list[Suggestion] = []
        found = await desk.quick(lambda: desk.assistant.complete(typed[:100], _CHOICES), nothing)
        return [
            app_commands.Choice(
                name=cut(plain(one.title) or one.id, 100),
                value=one.id if len(one.id) <= 100 else one.title[:100],
            )
            for one in found[:_CHOICES]
        ]

    return titles


def _sections_of(desk: Desk) -> _Complete:
    async def sections(interaction: discord.Interaction, typed: str) -> list[_Choice]:
        wanted, headings = typed.casefold(), dict[str, str]()
        for one in desk.sections:
            heading = plain(one.path[-1]) if one.path else ""
            shown = " › ".join(plain(part) for part in one.path)
            if heading and len(heading) <= 100 and wanted in shown.casefold():
                headings.setdefault(heading, cut(f"{shown} ({one.papers})", 100))
        return [
            app_commands.Choice(name=shown, value=heading)
            for heading, shown in list(headings.items())[:_CHOICES]
        ]

    return sections
