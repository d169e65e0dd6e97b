"""Words made fit for Discord: cut to its limits, and harmless whatever they hold."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

import discord

_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f"
                        "\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")  # fmt: skip
_SPACE = re.compile(r"\s+")
_MENTION = re.compile(r"<(?:@[!&]?|#)\d+>|<id:[a-z-]+>|</[^>]{1,100}:\d+>")
_EMOJI = re.compile(r"<a?:(\w+):\d+>")
_MARKUP = re.compile(r"([\\*_~`|<>\[\]#]|^[-+])")
_MAX_MARKS = 2
"""Combining marks kept on one letter: accents survive, zalgo does not."""


def plain(text: str) -> str:
    """One line without control, direction and zero-width characters or piles of accents."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", _INVISIBLE.sub("", text)):
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MAX_MARKS:
            kept.append(char)
    return _SPACE.sub(" ", "".join(kept)).strip()


def cut(text: str, limit: int) -> str:
    """At most ``limit`` characters, as Discord counts them, ending in … where words were lost."""
    if units(text) <= limit:
        return text
    kept = 0
    room = limit - 1
    for char in text:
        room -= 2 if ord(char) > 0xFFFF else 1
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip().rstrip("\\") + "…"


def units(text: str) -> int:
    """Length in UTF-16 units: never less than however Discord counts."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def escape(text: str, limit: int) -> str:
    """Plain text cut to ``limit`` characters, then escaped: no markup, no mention, no link.

    The escapes come on top of ``limit``; they at most double it.
    """
    safe = _MARKUP.sub(r"\\\1", cut(plain(text), limit))
    return safe.replace("@", "@\u200b").replace("://", ":/\u200b/")


def link(title: str, url: str | None, limit: int) -> str:
    """A Markdown link with an escaped title, or the bare title where there is no safe address."""
    shown = escape(title, limit)
    safe = web_address(url)
    return f"[{shown}]({safe})" if safe else shown


def web_address(url: str | None, limit: int = 400) -> str | None:
    """An http(s) address that cannot break out of a Markdown link; None where there is none."""
    if url is None or not url.lower().startswith(("http://", "https://")):
        return None
    safe = quote(url, safe=":/?#@!$&'*+,;=%~-._")
    return safe if len(safe) <= limit else None


def spoken(text: str) -> str:
    """The words of what someone wrote: without mentions, with the names of custom emoji."""
    return plain(_EMOJI.sub(r"\1", _MENTION.sub(" ", text)))


def emphasised(text: str, limit: int) -> str:
    """Escaped, but for words between asterisks, which are shown in italics."""
    parts = cut(plain(text), limit).split("*")
    if len(parts) % 2 == 0 or not all(part.strip() == part and part for part in parts[1::2]):
        return escape(text, limit)
    return "".join(
        f"*{escape(part, limit)}*" if number % 2 else _kept_spaces(part, limit)
        for number, part in enumerate(parts)
    )


def _kept_spaces(part: str, limit: int) -> str:
    before = " " if part.startswith(" ") else ""
    after = " " if part.endswith(" ") and part.strip() else ""
    return before + escape(part, limit) + after


def words_of(message: discord.Message) -> str:
    """All the text of a message: what was written, else what its link previews say."""
    said = spoken(message.content)
    if said:
        return said
    previews = (f"{embed.title or ''} {embed.description or ''}" for embed in message.embeds)
    return plain(" ".join(previews))
