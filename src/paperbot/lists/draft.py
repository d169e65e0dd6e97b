"""One entry while it is read: what its text, its details and its table cells say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import bare
from paperbot.lists.links import role_of
from paperbot.lists.names import read_authors
from paperbot.lists.proceedings import from_link
from paperbot.lists.tags import Tag
from paperbot.lists.text import MARK_BEFORE_COLON, readable, squeeze, unmark
from paperbot.lists.venues import PREPRINTS, published
from paperbot.paper import Kind, Link, Note


@dataclass(slots=True)
class Draft:
    """An entry that fills as its parts are read; what is stated first stays."""

    title: str
    line: int
    aliases: list[str] = field(default_factory=list)
    authors: tuple[str, ...] = ()
    year: int | None = None
    year_derived: bool = False
    venue: str | None = None
    citations: int | None = None
    starred: bool = False
    pages: int | None = None
    labels: list[str] = field(default_factory=list)
    kind: Kind | None = None
    links: list[Link] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    own: str | None = None
    """The link that the title itself carries."""
    quoted: bool = False
    tagged: bool = False
    """A tag stands before it as before every paper of its list."""

    def take_tag(self, tag: Tag) -> None:
        """What a bracket says, where nothing was said before."""
        self.year = self.year or tag.year
        self.venue = self.venue or tag.venue
        self.citations = tag.citations if self.citations is None else self.citations
        self.pages = self.pages or tag.pages
        self.kind = self.kind or tag.kind
        self.labels += [label for label in tag.labels if label not in self.labels]
        self.aliases += [alias for alias in tag.aliases if alias not in self.aliases]
        self.doubts += tag.doubts

    def take_published(self, text: str, this_year: int) -> None:
        """Venue and year of a text; a conference beats the preprint stated before it."""
        told = published(text, this_year)
        preprint = self.venue is not None and self.venue.lower() in PREPRINTS
        if told.venue and (
            self.venue is None or (preprint and told.venue.lower() not in PREPRINTS)
        ):
            self.venue = told.venue
            self.year = told.year or self.year
        self.year = self.year or told.year

    def take_links(self, links: Iterable[Link]) -> None:
        """More links, each URL once."""
        have = {link.url for link in self.links}
        for link in links:
            if link.url not in have:
                have.add(link.url)
                self.links.append(link)

    def take_note(self, text: str, file: str, line: int) -> None:
        """A note, in plain text."""
        words = note_text(text)
        if words:
            self.notes.append(Note(words, file, line))

    def derive(self) -> None:
        """Year and venue that no text states, from proceedings links and identifiers."""
        for link in self.links:
            if link.role not in ("paper", "pdf", "other", "project"):
                continue
            told = from_link(link.url)
            if self.year is None and told.year is not None:
                self.year, self.year_derived = told.year, True
            if self.venue is None and told.venue is not None:
                self.venue = told.venue


BARE_URL = re.compile(r"https?://[^\s<>\"'`\]）】]+")
_LABEL_BEFORE = re.compile(r"(?:^|[\n\r,;|.(\[•*-])\s*([^\n\r,;|:：.(\[]{2,30}?)\s*[:：]\s*\Z")
"""``Code: https://…``: what a bare URL leads to."""
_NAMED_ID = re.compile(
    r"(?i)\barXiv\s?[:\s]\s?(\d{4}\.\d{4,5})|\bdoi\s?[:=\s]\s?(10\.\d{4,9}/[^\s\"<>\])]+)"
)
"""An identifier written out: ``arXiv:2010.11929``, ``DOI: 10.1145/1.2``."""
NO_LINK = re.compile(r"#|mailto:|javascript:|$")


def trim_url(url: str) -> str:
    """A URL found in running text, without the stop or bracket after it."""
    url = url.rstrip(".,;:!?*_\\")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1]
    return url


def links_of(text: Text) -> list[Link]:
    """Every link of a text with its role: marked ones and bare URLs, in order."""
    found: list[tuple[int, Link]] = []
    for span in text.links():
        url = re.split(r"(?:\]|%5D)\(", span.url.strip(), maxsplit=1)[0]  # ](one](other)
        if not NO_LINK.match(url):
            found.append((span.start, Link(role_of(bare(text.of(span)), url), url)))
    for match in BARE_URL.finditer(text.text):
        if not any(s.start <= match.start() < s.end for s in text.links()):
            url = trim_url(match[0])
            label = _LABEL_BEFORE.search(text.text, max(0, match.start() - 40), match.start())
            found.append((match.start(), Link(role_of(label[1] if label else "", url), url)))
    known = " ".join(link.url for _, link in found)
    for match in _NAMED_ID.finditer(text.text):
        name = match[1] or match[2].rstrip(".,;)")
        if name not in known:
            host = "https://arxiv.org/abs/" if match[1] else "https://doi.org/"
            found.append((match.start(), Link("paper", host + name)))
    return [link for _, link in sorted(found, key=lambda pair: pair[0])]


def split_images(text: Text) -> tuple[Text, list[tuple[str, str, str]]]:
    """The text without its images, and each image as (words, source, link target)."""
    images = [span for span in text.spans if span.kind == "image"]
    if not images:
        return text, []
    badges = []
    for image in images:
        over = [s for s in text.links() if s.start <= image.start and image.end <= s.end]
        badges.append((text.of(image), image.url, over[0].url if over else ""))
    drop = [(s.start, s.end) for s in images]
    drop += [(s.start, s.end) for s in text.links() if s.end == s.start]
    return _cut_out(text, drop), badges


def with_urls(text: Text, labels: Sequence[Span] = ()) -> str:
    """Running text for a note: labels left out, each other link followed by its URL."""
    parts: list[str] = []
    at = 0
    for span in text.links():
        if span.start < at:
            continue
        words = text.of(span)
        parts.append(text.text[at : span.start])
        if span not in labels:
            apart = NO_LINK.match(span.url) or "://" in words
            parts.append(words if apart else f"{words} ({span.url.strip()})")
        at = span.end
    return "".join([*parts, text.text[at:]])


_BETWEEN_PEOPLE = re.compile(r"[\s,;&*†‡0-9]*(?:and\b)?[\s,;&*]*")


def without_homepages(text: Text) -> Text:
    """The text without the links of people who stand in a row: they lead to no work."""
    links = text.links()
    if len(links) < 2:
        return text
    people = [span for span in links if len(text.of(span)) < 40 and read_authors(text.of(span))]
    gone: list[Span] = []
    for one, other in pairwise(people):
        if _BETWEEN_PEOPLE.fullmatch(text.text, one.end, other.start):
            gone += [one, other]
    if not gone:
        return text
    lost = {id(span) for span in gone}
    return Text(text.text, [span for span in text.spans if id(span) not in lost], text.line)


def _cut_out(text: Text, drop: Sequence[tuple[int, int]]) -> Text:
    shift: list[int] = []
    kept: list[str] = []
    gone = [False] * (len(text.text) + 1)
    for start, end in drop:
        gone[start:end] = [True] * (end - start)
    length = 0
    for at, letter in enumerate(text.text):
        shift.append(length)
        if not gone[at]:
            kept.append(letter)
            length += 1
    shift.append(length)
    spans = [
        Span(shift[s.start], shift[s.end], s.kind, s.url)
        for s in text.spans
        if s.kind != "image" and shift[s.end] > shift[s.start]
    ]
    return Text("".join(kept), spans, text.line)


_END = re.compile(r"[\s.,;:|\\*_–—-]+$")
_TRAILING = re.compile(r"\s*[\[(]\s*$|^\s*[\])]\s*")


def clean_title(raw: str) -> str:
    """A title as a reader would quote it: no marks, LaTeX, wrapping quotes or trailing stops."""
    title = squeeze(unmark(MARK_BEFORE_COLON.sub("", raw)))
    title = readable(title) if any(c in title for c in "$\\{}") else title
    for _ in range(4):
        before = title
        title = _TRAILING.sub("", _END.sub("", title)).strip()
        title = title.lstrip("*_|").strip()
        if len(title) > 2 and (title[0], title[-1]) in {
            ("“", "”"),
            ('"', '"'),
            ("[", "]"),
            ("*", "*"),
        }:
            title = title[1:-1].strip()
        if title == before:
            break
    return re.sub(r"(?<=\w)\*\*|\*\*(?=\w)", "", title)


def note_text(text: str) -> str:
    """Running text of a note: marks and stray signs out, lines kept."""
    lines = (squeeze(unmark(line)).rstrip("\\").strip() for line in re.split(r"[\r\n]+", text))
    kept = [line for line in lines if re.search(r"\w", line)]
    return (
        readable("\n".join(kept))
        if not any("$" in k for k in kept)
        else "\n".join(map(readable, kept))
    )


_NICKNAME = re.compile(r"^([^:]{2,32}):\s+\S")
_GENERIC = re.compile(
    r"(?i)^(?:an?|the|on|part|survey|review|tutorial|position|errata|erratum|corrigendum|reply|comment"
    r"|correction|poster|demo|sok|invited|keynote|abstract|short paper|case study|book|thesis"
    r"|blog|re|chapter|lecture|week|session|appendix|section|vol(?:ume)?)\b"
)


def nickname(title: str) -> str | None:
    """The name before a title's colon, where it has the shape of a name: "vLLM", "Llama 2"."""
    found = _NICKNAME.match(title)
    if not found or _GENERIC.match(found[1]):
        return None
    words = found[1].split()
    shaped = any(re.search(r"\d|[a-z][A-Z](?!s?$)", word) for word in words)
    if len(words) == 1 or (shaped and len(words) <= 3 and not any(w.islower() for w in words)):
        return found[1].strip()
    return None
