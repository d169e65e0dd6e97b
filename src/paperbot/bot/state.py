"""What an answer's message remembers: the question as it was understood, in the embed's footer.

Plain words that a member may read: ``Asked: kv cache since 2023``, or ``Like: LoRA: Low-Rank
Adaptation``. Buttons and follow-ups read it back, so an answer works for as long as its message
stands, whatever happened to the bot since.
"""

from __future__ import annotations

from dataclasses import dataclass

import discord

from paperbot.bot.text import cut, plain

FOOTER = 1500
"""Characters of a footer (Discord allows 2,048; 6,000 in all with the rest of the embed)."""
_ASKED, _LIKE = "Asked: ", "Like: "


@dataclass(frozen=True, slots=True)
class State:
    """A question to ask again or, with ``like``, a text to find papers like."""

    text: str
    like: bool = False

    def footer(self) -> str:
        """The line that goes into the embed."""
        start = _LIKE if self.like else _ASKED
        return start + cut(plain(self.text), FOOTER - len(start))


def read(footer: str) -> State | None:
    """The inverse of ``footer``; None for a line that holds no state."""
    for start, like in ((_ASKED, False), (_LIKE, True)):
        if footer.startswith(start):
            return State(footer[len(start) :], like)
    return None


def state_of(message: discord.Message | None) -> State | None:
    """What a message of the bot's remembers; None where it remembers nothing."""
    for embed in message.embeds if message else ():
        if embed.footer.text and (state := read(embed.footer.text)):
            return state
    return None
