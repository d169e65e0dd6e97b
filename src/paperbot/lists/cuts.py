"""Which links of an entry are labels and which are names, and where a title in it ends."""

from __future__ import annotations

import re

from paperbot.lists.endings import before_bracket, end_in_bold, first_end
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import PRODUCTS, Habits, bare, closing, is_label
from paperbot.lists.links import word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.tags import read_venue_tag
from paperbot.lists.text import squeeze
from paperbot.lists.venues import published


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(re.findall(r"\w+", text))


class Cutter:
    """An entry's text from where its title can start: its labels, its names, its ends."""

    def __init__(self, text: Text, habits: Habits, start: int) -> None:
        self.text, self.habits, self.start = text, habits, start
        links = [s for s in text.links() if s.end > start]
        self.labels = [
            s
            for s in links
            if (is_label(text.of(s), habits.this_year) or self._stands_behind(s))
            and not (s.start == start and bare(text.of(s)).lower() in PRODUCTS)
        ]
        self.names = [s for s in links if s not in self.labels] or self._only_name(links)
        self.labels = [s for s in self.labels if s not in self.names]

    def _only_name(self, links: list[Span]) -> list[Span]:
        """Where nothing but links stands in an entry, the first that is no ``[pdf]`` is its title."""
        if not links or count_words(self.text.cut(self.start, len(self.text.text)).text) > 400:
            return []
        if count_words(self.text.without(links)) > 1:
            return []
        words = self.text.of(links[0])
        plain = word_role(bare(words)) is None and len(re.findall(r"[^\W\d_]{2,}", words)) >= 3
        return links[:1] if plain and not re.match(r"\W*https?:", words) else []

    def _stands_behind(self, span: Span) -> bool:
        """Whether a link of a word stands apart behind a title: ``Title, [Oepnreview](url)``."""
        before = self.text.text[self.start : span.start].rstrip()
        return (
            count_words(self.text.of(span)) == 1
            and before.endswith((",", "|", "[", "(", "•", "·"))
            and count_words(before) >= 4
        )

    def link_over(self, start: int, end: int) -> Span | None:
        """The title link that covers part of a range, if there is one."""
        for span in self.names:
            if span.start < end and span.end > start:
                return span
        return None

    def past_marks(self, end: int) -> int:
        """Past closing brackets, quotes and stars that belong to the title before them."""
        words = self.text.text
        while end < len(words) and words[end] in ']*_”"':
            end += 1
        return end

    def plain_end(self, begin: int, within: Span | None = None) -> int:
        """Where a plain title that begins at ``begin`` ends."""
        words = self.text.text
        limit = min(len(words), begin + 500)
        for span in self.text.spans:
            if span.start < begin or span is within or span.start >= limit:
                continue
            if span in self.labels or span.kind == "image":
                limit = before_bracket(words, begin, span.start)
            elif span.kind in ("italic", "code") and span.start > begin and self._styled_end(span):
                limit = span.start
        if within is not None:
            return end_in_bold(words, begin, min(limit, within.end), self.habits.this_year)
        return first_end(words, begin, limit, self.habits.this_year)

    def _styled_end(self, span: Span) -> bool:
        inside = self.text.of(span)
        if span.kind == "code":
            rest = self.text.cut(span.end, len(self.text.text))
            others = [s for s in rest.spans if s.kind in ("code", "link")]
            tagged = read_venue_tag(inside, this_year=self.habits.this_year) is not None
            return tagged or not count_words(rest.without(others))
        if looks_like_authors(inside):
            return True
        told = published(inside, self.habits.this_year)
        return told.year is not None or (told.venue is not None and count_words(inside) <= 6)


def bare_title(text: str) -> str:
    """A title without the quotes, brackets and blanks that wrap it whole."""
    text = squeeze(text)
    while len(text) > 2 and (text[0], text[-1]) in {("[", "]"), ("“", "”"), ('"', '"'), ("*", "*")}:
        if text[0] == "[" and closing(text, 0) not in (-1, len(text) - 1):
            break
        text = text[1:-1].strip()
    return text
