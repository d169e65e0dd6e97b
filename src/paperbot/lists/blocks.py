"""Markdown as a tree of blocks with raw line numbers, read with markdown-it-py."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from paperbot.lists.inline import Text, read_inline

BlockKind = Literal[
    "heading", "paragraph", "list", "item", "table", "html", "code", "rule", "quote"
]


@dataclass(slots=True)
class Block:
    """A block and its raw lines (``line`` from 1, ``end`` inclusive).

    ``level`` is a heading's level; ``rows`` are a table's cells, its header row first, each with
    its line; ``raw`` is code or HTML as written; a fenced block of code has level 1.
    """

    kind: BlockKind
    line: int
    end: int
    level: int = 0
    text: Text = field(default_factory=Text)
    children: list[Block] = field(default_factory=list)
    rows: list[tuple[int, list[Text]]] = field(default_factory=list)
    raw: str = ""


@cache
def markdown() -> MarkdownIt:
    """The reader: CommonMark with tables, struck text and HTML."""
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": 48})
    whole = reader.normalizeLink
    # Most URLs need no escape; taking them apart and together costs a tenth of all reading.
    reader.normalizeLink = lambda url: url if _SAFE_URL.fullmatch(url) else whole(url)  # type: ignore[method-assign]
    return reader.enable(["table", "strikethrough"])


_SAFE_URL = re.compile(r"https?://[a-z0-9.-]+(?:/[A-Za-z0-9/?#@!$&'()*+,;=:._~-]*)?")


def inline(source: str, line: int) -> Text:
    """One piece of inline Markdown, such as a cell of an HTML table."""
    tokens = markdown().parseInline(source)
    return read_inline(tokens[0].children or [], line) if tokens else Text("", [], line)


_CONTAINERS: dict[str, BlockKind] = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
}
_CLOSERS = {"bullet_list_close", "ordered_list_close", "list_item_close", "blockquote_close"}


def read_blocks(source: str) -> list[Block]:
    """The blocks of a Markdown text; never raises, whatever the text."""
    builder = _Builder()
    for token in markdown().parse(source):
        builder.take(token)
    return builder.top


class _Builder:
    """Turns the flat token stream into a tree."""

    def __init__(self) -> None:
        self.top: list[Block] = []
        self.open: list[Block] = []
        self.pending: Block | None = None
        self.table: Block | None = None

    def add(self, block: Block) -> None:
        (self.open[-1].children if self.open else self.top).append(block)

    def take(self, token: Token) -> None:
        first, last = _lines(token)
        if self.table is not None:
            self._take_table(token, first)
        elif token.type in _CONTAINERS:
            block = Block(_CONTAINERS[token.type], first, last)
            self.add(block)
            self.open.append(block)
        elif token.type in _CLOSERS:
            self.open.pop()
        elif token.type == "heading_open":
            self.pending = Block("heading", first, last, level=int(token.tag[1:]))
        elif token.type == "paragraph_open":
            self.pending = Block("paragraph", first, last)
        elif token.type == "inline" and self.pending:
            self.pending.text = read_inline(token.children or [], self.pending.line)
            self.pending.raw = token.content
            self.add(self.pending)
            self.pending = None
        else:
            self._take_leaf(token, first, last)

    def _take_leaf(self, token: Token, first: int, last: int) -> None:
        if token.type == "table_open":
            self.table = Block("table", first, last)
        elif token.type == "html_block":
            self.add(Block("html", first, last, raw=token.content))
        elif token.type in ("fence", "code_block"):
            fenced = int(token.type == "fence")
            self.add(Block("code", first, last, level=fenced, raw=token.content))
        elif token.type == "hr":
            self.add(Block("rule", first, last))

    def _take_table(self, token: Token, first: int) -> None:
        table = self.table
        assert table is not None
        if token.type == "tr_open":
            table.rows.append((first, []))
        elif token.type == "inline" and table.rows:
            line, cells = table.rows[-1]
            cells.append(read_inline(token.children or [], line))
        elif token.type == "table_close":
            self.add(table)
            self.table = None


def _lines(token: Token) -> tuple[int, int]:
    if token.map is None:
        return 0, 0
    return token.map[0] + 1, max(token.map[1], token.map[0] + 1)
