"""What stands before a title: ordinals, dates, marks, tags, labels, a short name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperbot.lists.inline import Text
from paperbot.lists.links import word_role
from paperbot.lists.names import read_cited
from paperbot.lists.tags import Tag, read_citation_tag, read_dated_tag, read_venue_tag
from paperbot.lists.text import STAR, squeeze, unmark
from paperbot.lists.venues import is_known, leftover, published


@dataclass(frozen=True, slots=True)
class Habits:
    """What a whole list does, known before its first entry is read."""

    this_year: int
    counts: bool = False
    """Its brackets count citations: ``[C60 2024]``."""
    people_first: bool = False
    """Its entries begin with their authors."""


_OPEN = {"[": "]", "(": ")", "【": "】", "`": "`"}
_ORDINAL = re.compile(
    r"(?:\(?\d{1,4}[.)]|\[\d{1,3}\]|\(\d{1,3}\)|#\d{1,4}[.:)]?|[-*•·‣▪+])\s+|\[[ xX]\]\s*"
)
_BARE_DATE = re.compile(
    r"\(?(?:19|20)\d\d(?:[./-]\d{1,2}){1,2}\)?[\s:,|-]+|(?:19|20)\d\d\s*(?:[:|]|[–—-](?=\s))\s+"
)
_PLAIN_TAG = re.compile(
    r"([A-Za-z0-9][^,:|\n\r\[\]]{2,60}?)(,|:|\s\||\s[–—-]{1,2}(?=\s))\s+(?=\S+\s+\S)"
)
_IDENTIFIER = re.compile(
    r"(?i)(?:https?://\S+|arxiv:\s?\d{4}\.\d{4,5}(?:v\d+)?)\s*[-–—:|,]?\s+(?=\w)"
)
_CODE_MARK = re.compile(r":[a-z][a-z0-9_]+:")
_SKIP = re.compile(r"[\s,;:|•·–—-]+|&nbsp;")


def bare(text: str) -> str:
    """A link's or bracket's text without the brackets, blanks and marks round it."""
    return squeeze(unmark(text)).strip(" []()【】{}*_`'\"“”:.,;|<>→«»")


PRODUCTS = {"pytorch", "tensorflow", "keras", "jax", "colab", "python", "matlab", "julia", "torch",
            "tf",
             "huggingface", "hugging face", "scholar", "semantic scholar", "zhihu", "medium",
             "github",
             "openreview", "arxiv"}  # fmt: skip
"""Labels that are names of products too: at an entry's beginning they may be its title."""


# What no unknown venue is called: "The Bitter Truth of 1984", "Overview of the Shared Task 2014".
_SENTENCE = re.compile(
    r"^(?:an?|on|how|why|what|towards?|overview|findings|results|report|introduction|survey)\b"
    r"|\b(?:of|in|for|on|from|to|with|and|the|since) (?:19|20)\d\d$",
    re.IGNORECASE,
)


def is_label(text: str, this_year: int) -> bool:
    """Whether a link's text says what it leads to or where it was published, and is no title."""
    words = bare(text)
    if (
        not words
        or word_role(words)
        or re.match(r"https?://|www\.|arxiv:|doi:|10\.\d{4}", words, re.I)
    ):
        return True
    if re.fullmatch(r"[\d\s.,/:v-]+", words) or read_cited(words):
        return True
    tag = read_venue_tag(words, this_year=this_year)
    return tag is not None and not _says_more(words, this_year)


def _says_more(words: str, this_year: int) -> bool:
    """Whether so much stands beside venue and year that a link's text is a title all the same."""
    rest = leftover(words, this_year).split()
    venue = published(words, this_year).venue
    return venue is None and (len(rest) > 4 or ":" in words or bool(_SENTENCE.search(words)))


def closing(text: str, start: int) -> int:
    """Where the bracket that opens at ``start`` closes, or -1; never looks far."""
    opener = text[start]
    closer = _OPEN[opener]
    depth = 0
    for at in range(start, min(len(text), start + 400)):
        if text[at] == closer and (opener != closer or at > start):
            depth -= 1
            if depth <= 0:
                return at
        elif text[at] == opener:
            depth += 1
    return -1


class Lead:
    """Reads what stands before a title: ordinals, marks, dates, tags, labels, a short name."""

    def __init__(self, text: Text, habits: Habits) -> None:
        self.text, self.habits = text, habits
        self.tags: list[Tag] = []
        self.alias: str | None = None
        self.people: tuple[str, ...] = ()
        self.at = 0

    def read(self) -> int:
        """The position where the title can start."""
        while self._step():
            pass
        return self.at

    def _step(self) -> bool:
        words = self.text.text
        if self.habits.counts and self._bracket():
            return True
        for pattern in (STAR, _CODE_MARK, _SKIP, _ORDINAL, _BARE_DATE, _IDENTIFIER):
            found = pattern.match(words, self.at)
            if found and found.end() > self.at:
                if pattern is _BARE_DATE:
                    self.tags.append(Tag(year=published(found[0], self.habits.this_year).year))
                self.at = found.end()
                return True
        mark = re.match(
            r":[a-z][a-z0-9_]+:|[^\w\s\"“‘'«(\[【`$<¿¡#@.…{\\/+-]", words[self.at : self.at + 40]
        )
        if (mark and not mark[0].isascii()) or (mark and len(mark[0]) > 2):
            self.at += len(mark[0])
            return True
        return self._bracket() or self._styled_tag() or self._plain_tag()

    def _plain_tag(self) -> bool:
        """``CVPR 2020 (oral), Title`` and ``arXiv 2023.10: Title``: nothing but venue and year."""
        found = _PLAIN_TAG.match(self.text.text, self.at)
        if not found or any(s.start < found.end() and s.end > self.at for s in self.text.links()):
            return False
        tag = read_venue_tag(found[1], this_year=self.habits.this_year)
        if tag is None or tag.year is None or leftover(found[1], self.habits.this_year):
            return False
        if tag.venue is None and found[2].strip() != ",":
            return False
        self.tags.append(tag)
        self.at = found.end()
        return True

    def _bracket(self) -> bool:
        words = self.text.text
        if self.at >= len(words) or words[self.at] not in _OPEN:
            return False
        end = closing(words, self.at)
        if end < 0:
            return False
        inside = words[self.at + 1 : end]
        tag = self._tag(inside, words[end + 1 :])
        if tag is None and not self._is_label_link(end) and not self._is_short_name(inside, end):
            return False
        cited = read_cited(inside)
        if cited is not None:
            self.people, tag = cited[0], Tag(year=cited[1])
        if tag is not None:
            self.tags.append(tag)
        self.at = end + 1
        return True

    def _tag(self, inside: str, after: str) -> Tag | None:
        year = self.habits.this_year
        if not squeeze(after):
            return None
        if re.match(r"\s*C\s?\d+\b", inside) or (self.habits.counts and words_few(inside)):
            tag = read_citation_tag(inside, after, this_year=year)
            if tag is not None:
                return tag
        tag = read_venue_tag(inside, this_year=year)
        if tag is None and self.text.text[self.at] in "[【" and self._unlinked(len(inside)):
            tag = read_dated_tag(inside, this_year=year)
        return tag if tag is not None else read_citation_tag_plain(inside, year)

    def _unlinked(self, length: int) -> bool:
        """Whether no link stands in the bracket at hand."""
        end = self.at + length + 1
        return not any(span.start < end and span.end > self.at for span in self.text.links())

    def _is_label_link(self, end: int) -> bool:
        inner = [s for s in self.text.links() if self.at - 1 <= s.start and s.end <= end + 1]
        return bool(inner) and all(is_label(self.text.of(s), self.habits.this_year) for s in inner)

    def _is_short_name(self, inside: str, end: int) -> bool:
        """``**[LLaRP]** "Large Language Models …"``: a name before a quoted or linked title."""
        after = self.text.text[end + 1 : end + 60].lstrip(" *:")
        if not after or len(inside) > 30 or "\n" in inside:
            return False
        named = after[0] in '"“' or self._names_what_follows(inside, end, after)
        if named:
            self.alias = bare(inside) or None
        return named

    def _names_what_follows(self, inside: str, end: int, after: str) -> bool:
        """``**[R-CNN]** Rich feature hierarchies …``: a bracket without a link, then a title."""
        if self.habits.counts or self.text.text[self.at] != "[" or not self._unlinked(len(inside)):
            return False
        if not re.match(r"[A-Za-z][\w.+,/ -]*$", inside) or len(inside.split()) > 3:
            return False
        if inside.lower() in ("re", "mask", "free", "new"):
            return False
        apart = self.text.text[end + 1 : end + 2] in (" ", "\t", ":")
        return apart and bool(re.match(r"[A-Z0-9“\"]", after)) and len(after.split()) >= 2

    def _goes_on(self, end: int) -> bool:
        """Whether words of a title, and no mere labels, follow in the same line."""
        words = self.text.text
        stop = re.compile(r"[ \t.,:|–-]*[\r\n]*[^\r\n]*").match(words, end)
        line = self.text.cut(end, stop.end() if stop else len(words))
        labels = [s for s in line.links() if is_label(line.of(s), self.habits.this_year)]
        return len(re.findall(r"\w+", line.without(labels))) >= 2

    def _styled_tag(self) -> bool:
        """``**ICLR 2024** Title``, ``*NeurIPS'23*: Title`` and a linked venue before a title."""
        for span in self.text.spans:
            if not self.at - 1 <= span.start <= self.at or span.kind == "image":
                continue
            inside = self.text.of(span)
            if len(squeeze(self.text.text[span.end :])) < 8 or not self._goes_on(span.end):
                continue
            tag = read_venue_tag(inside, this_year=self.habits.this_year)
            label = span.kind == "link" and is_label(inside, self.habits.this_year)
            if label and bare(inside).lower() in PRODUCTS:
                continue
            if tag is not None and span.kind == "link" and tag.venue and not is_known(tag.venue):
                tag = None  # a linked title that ends in a year
            if (tag is not None and (tag.year or span.kind != "link") and not tag.kind) or label:
                if tag is not None:
                    self.tags.append(tag)
                self.at = span.end
                return True
        return False


def words_few(inside: str) -> bool:
    """Whether a bracket is short enough to be a citation tag."""
    return len(inside) <= 30 and len(inside.split()) <= 4


def read_citation_tag_plain(inside: str, this_year: int) -> Tag | None:
    """Tags that need no habit: ``[P 58]``, ``[Blog]``."""
    if re.fullmatch(r"P\s?\d{1,4}", inside.strip()):
        return read_citation_tag(inside, "", this_year=this_year)
    return None
