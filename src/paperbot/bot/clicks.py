"""What buttons, selects and the form do. Nothing is remembered: all of it is in the message."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from paperbot.bot import controls, ids, questions
from paperbot.bot.delivery import LOST, deliver, refused, say
from paperbot.bot.desk import Desk
from paperbot.bot.embeds import notice
from paperbot.bot.ids import ButtonId
from paperbot.bot.questions import Asker, Reply
from paperbot.bot.state import state_of

_TWICE = 1.5
"""Seconds within which the same click of the same member is a slip of the finger."""
_DEAD = "I no longer know what this button meant. Ask me again, and use the buttons of that answer."


class Clicks:
    """Answers each click once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._recent: dict[tuple[object, ...], float] = {}

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Act on a click or a form; other interactions are the command tree's."""
        kinds = (discord.InteractionType.component, discord.InteractionType.modal_submit)
        if interaction.type not in kinds:
            return
        data: dict[str, Any] = dict(interaction.data or {})
        button = ids.decode(str(data.get("custom_id", "")))
        if button is None:
            await say(interaction, notice(_DEAD), door="button")
            return
        if interaction.type is discord.InteractionType.modal_submit:
            await self._form(interaction, button, _typed(data.get("components", [])))
        elif button.action == "ask":
            await self._open_form(interaction, button)
        elif self._slip(interaction, data):
            await _ignore(interaction)
        elif button.action == "share":
            await self._share(interaction)
        else:
            await self._act(interaction, button, [str(v) for v in data.get("values", [])])

    async def _act(
        self, interaction: discord.Interaction, button: ButtonId, values: list[str]
    ) -> None:
        work = self._work(interaction, button, values[0] if values else "")
        if work is None:
            await say(interaction, notice(_DEAD), door="button")
            return
        message = interaction.message
        own = button.owner == interaction.user.id or bool(message and message.flags.ephemeral)
        turns = button.action in ("page", "sections")
        turns = turns or (button.action == "like" and state_of(message) is not None)
        await deliver(self._desk, interaction, work, door="button", in_place=own and turns)

    def _work(
        self, interaction: discord.Interaction, button: ButtonId, value: str
    ) -> Callable[[], Awaitable[Reply]] | None:
        desk, asker = self._desk, asker_of(interaction, "button")
        state = state_of(interaction.message)
        match button.action:
            case "page" if state:
                return lambda: questions.page(desk, asker, state, button.offset, button.size)
            case "like" if button.key:
                return lambda: questions.similar(
                    desk, asker, button.key, offset=button.offset, size=button.size
                )
            case "more" if value.startswith("#") and value[1:].isdecimal() and state:
                return lambda: questions.like_hit(desk, asker, state, int(value[1:]))
            case "more" if value and not value.startswith("#"):
                return lambda: questions.similar(desk, asker, value)
            case "section" if value and value != "?":
                return lambda: questions.in_section(desk, asker, value)
            case "section" | "sections":
                return lambda: _now(questions.sections(desk, asker, button.offset))
            case "paper" if value:
                return lambda: questions.paper(desk, asker, value)
        return None

    async def _form(self, interaction: discord.Interaction, button: ButtonId, text: str) -> None:
        asker, previous = asker_of(interaction, "form"), state_of(interaction.message)
        await deliver(
            self._desk,
            interaction,
            lambda: questions.ask(self._desk, asker, text, previous=previous),
            door="form",
        )

    async def _open_form(self, interaction: discord.Interaction, button: ButtonId) -> None:
        try:
            await interaction.response.send_modal(controls.ask_modal(button.size))
        except LOST as error:
            refused("form", error, "button")

    async def _share(self, interaction: discord.Interaction) -> None:
        """Copy the answer into the channel, with its buttons; the original says that it was."""
        message = interaction.message
        if message is None or not message.embeds or interaction.guild_id is None:
            await say(interaction, notice(_DEAD), door="share")
            return
        public, private = controls.shared_controls(message)
        try:
            await interaction.response.edit_message(view=private)
            await interaction.followup.send(embed=message.embeds[0], view=public)
        except LOST as error:
            refused("shared answer", error, "share")

    def _slip(self, interaction: discord.Interaction, data: dict[str, Any]) -> bool:
        now = time.monotonic()
        message = interaction.message.id if interaction.message else 0
        key = (message, interaction.user.id, data["custom_id"], *data.get("values", ()))
        self._recent = {k: t for k, t in self._recent.items() if now - t < _TWICE}
        twice = key in self._recent
        self._recent[key] = now
        return twice


def asker_of(interaction: discord.Interaction, door: str) -> Asker:
    """Who used a command, button or form."""
    return Asker(interaction.user.id, door, share=interaction.guild_id is not None)


def _typed(parts: list[dict[str, Any]]) -> str:
    """What was typed into a form, wherever in its rows."""
    for part in parts:
        if "value" in part:
            return str(part["value"] or "")
        inner = part.get("components") or ([part["component"]] if "component" in part else [])
        if inner and (found := _typed(inner)):
            return found
    return ""


async def _now(reply: Reply) -> Reply:
    return reply


async def _ignore(interaction: discord.Interaction) -> None:
    try:
        await interaction.response.defer()
    except LOST as error:
        refused("acknowledgement", error, "button")
