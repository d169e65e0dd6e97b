"""Custom ids: what a button does, in at most 100 characters that travel with the message.

Layout of version 2: ``p2:<action>:<owner>:<offset>:<size>:<key>``, where owner is the member's id
in base 36. Version 1 was ``p1:<action>:<offset>:<key>``: everyone's button, five to a page. A
message lives longer than a release, so each version that was ever sent stays readable here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LIMIT = 100
"""Discord's limit for a custom id and for the value of an option."""

Action = Literal["page", "like", "more", "ask", "share", "sections", "section", "paper"]
"""page: another page of the question in the embed · like: another page of papers like ``key`` ·
more: the select of hits · ask: open the modal, or its answer · share · sections: a page of them ·
section: the select of sections · paper: the select of papers to show."""

_CODES: dict[str, Action] = {
    "n": "page", "l": "like", "m": "more", "a": "ask",
    "s": "share", "c": "sections", "e": "section", "p": "paper",
}  # fmt: skip
_LETTERS = {action: letter for letter, action in _CODES.items()}
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class ButtonId:
    """One button's meaning. ``owner`` is None where the button is everyone's."""

    action: Action
    owner: int | None = None
    offset: int = 0
    size: int = 5
    key: str = ""

    def encode(self) -> str:
        """The custom id; raises ``ValueError`` where it would be too long for Discord."""
        owner = _base36(self.owner) if self.owner else ""
        text = f"p2:{_LETTERS[self.action]}:{owner}:{self.offset}:{self.size}:{self.key}"
        if len(text) > LIMIT:
            raise ValueError("a custom id may have 100 characters")
        return text


def fits(key: str) -> bool:
    """Can this key travel in a custom id, whatever else stands there?"""
    return len(key) <= LIMIT - len("p2:x:") - 14 - 7 - 4


def decode(custom_id: str) -> ButtonId | None:
    """What a custom id of any version means; None for one that is not ours."""
    version, _, rest = custom_id.partition(":")
    try:
        if version == "p2":
            letter, owner, offset, size, key = rest.split(":", 4)
            whose = int(owner, 36) if owner else None
            return ButtonId(_CODES[letter], whose, _count(offset), _count(size), key)
        if version == "p1":
            letter, offset, key = rest.split(":", 2)
            return ButtonId(_CODES[letter], offset=_count(offset), key=key)
    except (ValueError, KeyError):
        return None
    return None


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 1_000_000:
        raise ValueError("out of range")
    return number


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
