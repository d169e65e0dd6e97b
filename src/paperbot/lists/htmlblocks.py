"""HTML inside Markdown: folded parts, tables, lists; the rest is ornament."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from paperbot.lists.blocks import Block
from paperbot.lists.inline import Text

if TYPE_CHECKING:
    from paperbot.lists.markdown import Walk


def read(walk: Walk, block: Block) -> None:
    """Reads one HTML block."""


def texts(block: Block) -> Iterator[Text]:
    """The inline texts of an HTML block."""
    yield from ()
