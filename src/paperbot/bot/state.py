"""What an answer's message remembers: the question as it was understood, in the embed's footer.

Plain words that a member may read: ``Asked: kv cache since 2023 · in Serving · only thesis``, or
``Like: LoRA: Low-Rank Adaptation``. Buttons and follow-ups read it back, so an answer works for
as long as its message stands, whatever happened to the bot since.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast, get_args

import discord

from paperbot.bot.text import cut, plain
from paperbot.paper import Kind
from paperbot.search.answer import Filters, Query

FOOTER = 1000
"""Characters of a footer (Discord allows 2,048; 6,000 in all with the rest of the embed)."""
_ASKED, _LIKE, _IN, _ONLY = "Asked: ", "Like: ", " · in ", " · only "


@dataclass(frozen=True, slots=True)
class State:
    """A question to ask again or, with ``like``, a text to find papers like.

    ``section`` and ``kind`` are the filters that a question's words may not be able to say.
    """

    text: str
    like: bool = False
    section: str | None = None
    kind: Kind | None = None

    @classmethod
    def of(cls, query: Query, text: str) -> State:
        """The state of a question, whose words are ``text``."""
        return cls(text, section=query.filters.section, kind=query.filters.kind)

    @property
    def filters(self) -> Filters:
        """What the words alone do not say."""
        return Filters(section=self.section, kind=self.kind)

    def joined(self, query: Query) -> Query:
        """``query``, which was read from the words, with these filters too."""
        if self.like:
            return query
        filters = replace(
            query.filters,
            section=self.section or query.filters.section,
            kind=self.kind or query.filters.kind,
        )
        return replace(query, filters=filters)

    def footer(self) -> str:
        """The line that goes into the embed."""
        tail = f"{_IN}{cut(plain(self.section), 200)}" if self.section else ""
        tail += f"{_ONLY}{self.kind}" if self.kind else ""
        return (_LIKE if self.like else _ASKED) + cut(plain(self.text), FOOTER - 300) + tail


def read(footer: str) -> State | None:
    """The inverse of ``footer``; None for a line that holds no state."""
    if footer.startswith(_LIKE):
        return State(footer[len(_LIKE) :], like=True)
    if not footer.startswith(_ASKED):
        return None
    text, section, kind = footer[len(_ASKED) :], None, None
    before, only, last = text.rpartition(_ONLY)
    if only and last in get_args(Kind):
        text, kind = before, cast(Kind, last)
    before, within, last = text.rpartition(_IN)
    if within:
        text, section = before, last
    return State(text, section=section, kind=kind)


def state_of(message: discord.Message | None) -> State | None:
    """What a message of the bot's remembers; None where it remembers nothing."""
    for embed in message.embeds if message else ():
        if embed.footer.text and (state := read(embed.footer.text)):
            return state
    return None
