"""Inline Markdown as one plain text with spans: which part is a link, bold, italic, code."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from markdown_it.token import Token

SpanKind = Literal["link", "bold", "italic", "code", "image", "strike"]


@dataclass(slots=True)
class Span:
    """A part of a text, from ``start`` to ``end``; ``url`` for links and images."""

    start: int
    end: int
    kind: SpanKind
    url: str = ""


@dataclass(slots=True)
class Text:
    r"""Plain text with its spans in order; ``line`` is its first raw line.

    ``\n`` is a new raw line, ``\r`` before it (or alone, for ``<br>``) a break that the author
    asked for.
    """

    text: str = ""
    spans: list[Span] = field(default_factory=list)
    line: int = 0

    def links(self) -> list[Span]:
        """The links, in order."""
        return [span for span in self.spans if span.kind == "link"]

    def of(self, span: Span) -> str:
        """The text that a span covers."""
        return self.text[span.start : span.end]

    def cut(self, start: int, end: int) -> Text:
        """The part from ``start`` to ``end``, its spans with it; a span cut in two is clipped."""
        spans = [
            Span(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.url)
            for s in self.spans
            if s.end > start and s.start < end
        ]
        line = self.line + self.text.count("\n", 0, start)
        return Text(self.text[start:end], spans, line)

    def without(self, spans: Iterable[Span]) -> str:
        """The plain text with the given spans left out, a blank in place of each."""
        parts: list[str] = []
        at = 0
        for span in sorted(spans, key=lambda s: s.start):
            if span.start >= at:
                parts.append(self.text[at : span.start])
            at = max(at, span.end)
        parts.append(self.text[at:])
        return " ".join(parts)


_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>", re.S)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_BOLD = {"b", "strong", "th"}
_ITALIC = {"i", "em", "cite", "var"}
_BREAKS = {"br", "p", "div", "li", "tr", "hr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5",
           "h6", "dd", "dt"}  # fmt: skip
_OPENERS: dict[str, SpanKind] = {"strong_open": "bold", "em_open": "italic", "s_open": "strike"}
_CLOSERS = {"strong_close": "bold", "em_close": "italic", "s_close": "strike"}


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an HTML tag, names in lower case."""
    return {
        m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(tag)
    }


class _Writer:
    """Collects text and spans while tokens go by."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.spans: list[Span] = []
        self.open: list[Span] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def start(self, kind: SpanKind, url: str = "") -> None:
        self.open.append(Span(self.length, -1, kind, url))

    def stop(self, kind: str) -> None:
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at].kind == kind:
                self._close(self.open.pop(at))
                return

    def image(self, alt: str, url: str) -> None:
        alt = alt or " "  # an image without words still carries its link
        self.spans.append(Span(self.length, self.length + len(alt), "image", url))
        self.write(alt)

    def _close(self, span: Span) -> None:
        span.end = self.length
        if span.end > span.start:
            self.spans.append(span)

    def done(self, line: int) -> Text:
        while self.open:
            self._close(self.open.pop())
        self.spans.sort(key=lambda span: (span.start, -span.end))
        return Text("".join(self.parts), self.spans, line)


def read_inline(tokens: Iterable[Token], line: int) -> Text:
    """The tokens of one inline run as text with spans; ``line`` is its first raw line."""
    writer = _Writer()
    for token in tokens:
        if token.type == "text":
            writer.write(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            writer.write("\n" if token.type == "softbreak" else "\r\n")
        elif token.type in _OPENERS:
            writer.start(_OPENERS[token.type])
        elif token.type in _CLOSERS:
            writer.stop(_CLOSERS[token.type])
        elif token.type == "link_open":
            writer.start("link", str(token.attrs.get("href", "")))
        elif token.type == "link_close":
            writer.stop("link")
        else:
            _write_leaf(writer, token)
    return writer.done(line)


def _write_leaf(writer: _Writer, token: Token) -> None:
    if token.type == "code_inline":
        writer.start("code")
        writer.write(token.content)
        writer.stop("code")
    elif token.type == "image":
        writer.image(token.content, str(token.attrs.get("src", "")))
    elif token.type == "html_inline":
        _write_html(writer, token.content)
    elif token.content:
        writer.write(token.content)


def _write_html(writer: _Writer, raw: str) -> None:
    found = _TAG.match(raw)
    if not found:  # a comment or a declaration
        return
    closing, name, rest = found[1], found[2].lower(), found[3]
    if name in _BREAKS:
        writer.write("\r")
    elif name in _BOLD or name in _ITALIC:
        kind: SpanKind = "bold" if name in _BOLD else "italic"
        writer.stop(kind) if closing else writer.start(kind)
    elif name == "a":
        if closing:
            writer.stop("link")
        elif "href" in (given := attributes(rest)):
            writer.start("link", given["href"])
    elif name == "img":
        given = attributes(rest)
        writer.image(given.get("alt", ""), given.get("src", ""))
