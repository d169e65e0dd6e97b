"""Words as Markdown that says them exactly: backslashes and numbered characters."""

from __future__ import annotations

import re

_MARKS = re.compile(r"[\\`*_\[\]<>~;]|&(?=#|\w+;)")
_URL_MARKS = re.compile(r"[\\<>]|&(?=#|\w+;)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])|&#(\d{1,7});")


def escape(words: str) -> str:
    """One line of Markdown for any text: no mark in it has a meaning, no character is lost."""
    return _number(_MARKS.sub(lambda found: "\\" + found[0], words))


def escape_url(url: str) -> str:
    """A URL for the inside of ``<…>``."""
    return _number(_URL_MARKS.sub(lambda found: "\\" + found[0], url), blanks=True)


def _number(words: str, *, blanks: bool = False) -> str:
    """Characters that no line can hold, and blanks at its ends, as ``&#10;``."""
    letters = [
        char if char.isprintable() and not (blanks and char == " ") else f"&#{ord(char)};"
        for char in words
    ]
    for end in (0, -1):
        if letters and letters[end] == " ":
            letters[end] = "&#32;"
    return "".join(letters)


def unescape(words: str) -> str:
    """What :func:`escape` or :func:`escape_url` was given."""
    return _ESCAPED.sub(lambda found: found[1] or _char(found[2]), words)


def _char(number: str) -> str:
    return chr(int(number)) if int(number) < 0x110000 else "\ufffd"
