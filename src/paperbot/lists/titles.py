"""Where in an entry its title stands: quoted, linked, bold, or plain up to what ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperbot.lists.endings import before_bracket, end_in_bold, first_end, is_tail
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import PRODUCTS, Habits, Lead, bare, closing, is_label
from paperbot.lists.links import host_role, word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.people import leading_people, title_after_people, without_venue
from paperbot.lists.tags import Tag, read_venue_tag
from paperbot.lists.text import squeeze
from paperbot.lists.venues import published


@dataclass(slots=True)
class Found:
    """A title in its text: ``start`` to ``end`` is the part used up by it and by leading tags."""

    title: str
    start: int
    end: int
    tags: list[Tag] = field(default_factory=list)
    alias: str | None = None
    how: str = "plain"
    link: Span | None = None
    people: tuple[str, ...] = ()


_QUOTE = re.compile(
    r"“(?P<curly>[^“”]{6,400})”|\"(?P<straight>[^\"]{6,400})\"(?=[\s,.;:)\]|*–-]|$)"
    r"|``(?P<tex>[^'`]{6,400})''|«(?P<angle>[^»]{6,400})»|‘(?P<single>[^‘’]{12,400})’(?=[\s,.]|$)"
    r"|(?<=, )'(?P<plain>[^']{20,400})'(?=[\s,.]|$)"
)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def find_title(text: Text, habits: Habits) -> Found | None:
    """The title of an entry, or None where the text holds none."""
    lead = Lead(text, habits)
    start = lead.read()
    finder = _Finder(text, habits, start)
    found = (
        finder.quoted() or finder.linked() or finder.bold() or finder.cited() or finder.plain()
    )
    if found is None:
        return None
    found.tags = [*lead.tags, *found.tags]
    found.alias = found.alias or lead.alias
    return found


class _Finder:
    """The ways in which a title can stand out, tried from the surest to the plainest."""

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
        if not links or _words(self.text.cut(self.start, len(self.text.text)).text) > 400:
            return []
        if _words(self.text.without(links)) > 1:
            return []
        words = self.text.of(links[0])
        plain = word_role(bare(words)) is None and len(re.findall(r"[^\W\d_]{2,}", words)) >= 3
        return links[:1] if plain and not re.match(r"\W*https?:", words) else []

    def _stands_behind(self, span: Span) -> bool:
        """Whether a link of a word stands apart behind a title: ``Title, [Oepnreview](url)``."""
        before = self.text.text[self.start : span.start].rstrip()
        return (
            _words(self.text.of(span)) == 1
            and before.endswith((",", "|", "[", "(", "•", "·"))
            and _words(before) >= 4
        )

    def quoted(self) -> Found | None:
        """A title in quotes, at the start or after a short name or the authors."""
        found = _QUOTE.search(self.text.text, self.start)
        if not found or _words(found[0]) < 2:
            return None
        before = self.text.text[self.start : found.start()]
        inside = next(group for group in found.groups() if group is not None)
        after = self.text.text[found.end() : found.end() + 3]
        if after.startswith(":") and _words(after + self.text.text[found.end() + 3 :][:40]) > 1:
            return None  # "Why Should I Trust You?": Explaining the Predictions …
        if self.labels and self.labels[0].start < found.start() and _words(before) > 3:
            return None
        lead = before.strip(" \t\r\n*_:[]()-–—,.")
        if lead and not self._leads_to_quote(lead, before, inside):
            return None
        told = leading_people(lead) if lead else None
        alias = lead if lead and told is None and _words(lead) <= 4 else None
        return Found(inside, self.start, found.end(), alias=alias, how="quoted",
                     link=self._link_over(found.start(), found.end()),
                     people=told[0] if told else (),
                     tags=[Tag(year=told[1])] if told else [])  # fmt: skip

    def _leads_to_quote(self, lead: str, before: str, inside: str) -> bool:
        if any(s.kind == "bold" and s.start <= self.start + 2 and s.end >= self.start + len(lead)
               for s in self.text.spans) and _words(lead) <= 5:  # fmt: skip
            return True
        if leading_people(lead):
            return _words(inside) >= 2
        return before.rstrip(" *_").endswith((".", ",", ":")) and _words(inside) >= 4

    def _link_over(self, start: int, end: int) -> Span | None:
        for span in self.names:
            if span.start < end and span.end > start:
                return span
        return None

    def linked(self) -> Found | None:
        """A title that is a link's text, perhaps going on after it."""
        if not self.names:
            return None
        span = self.names[0]
        name = bare_title(self.text.text[max(span.start, self.start) : span.end])
        before = self.text.text[self.start : span.start]
        lead = before.strip(' \t\r\n*_:[]()-–—,.|"“')
        if self.labels and self.labels[0].start < span.start and _words(lead) >= 2:
            return None
        if (
            looks_like_authors(name)
            and not lead
            and re.match(r"\]?\s*[:.,-]\s*\w", self.text.text[span.end :])
        ):
            return self._after_authors(span)
        alias = None
        told = leading_people(lead) if lead else None
        if lead:
            if not told and not self._link_beats(lead, before, name):
                return None
            alias = lead if _words(lead) <= 3 and not told else None
            alias = None if alias and word_role(alias) else alias
        end = self._past_marks(span.end)
        title, end = self._extended(span, name, end)
        return Found(title, self.start, end, alias=alias, how="linked", link=span,
                     people=told[0] if told else (),
                     tags=[Tag(year=told[1])] if told else [])  # fmt: skip

    def _after_authors(self, span: Span) -> Found | None:
        """``[Jane Doe, Ann Li](url): The Title``: the link's text names the people."""
        found = re.compile(r"[\]\s:.,-]+").match(self.text.text, span.end)
        begin = found.end() if found else span.end
        stop = self._plain_end(begin)
        title = squeeze(self.text.text[begin:stop])
        if _words(title) < 2:
            return None
        return Found(title, self.start, stop, how="after", link=span)

    def _link_beats(self, lead: str, before: str, name: str) -> bool:
        """Whether a link after some words is the title, or a mere label after a plain title."""
        if looks_like_authors(lead):
            return True
        bracketed = before.rstrip(" *_").endswith(("[", "("))
        if bracketed:
            return _words(lead) < 2 and _words(name) >= 3
        if before.rstrip(" *_").endswith((":", "-", "–", "—", "|")) and _words(lead) <= 5:
            return _words(name) >= 2
        if "\r" in before or "\n" in before:
            return False
        return _words(name) >= 4 and _words(name) >= _words(lead)

    def _past_marks(self, end: int) -> int:
        """Past closing brackets, quotes and stars that belong to the title before them."""
        words = self.text.text
        while end < len(words) and words[end] in ']*_”"':
            end += 1
        return end

    def _extended(self, span: Span, name: str, end: int) -> tuple[str, int]:
        """A short name goes on: ``[NeRF](url): Representing Scenes …``."""
        words = self.text.text
        rest = words[end : end + 400]
        papery = host_role(span.url) in ("paper", "pdf")
        colon = re.match(r"\s*:\s*(?=\S)", rest)
        if name.endswith(":") or (colon and _words(name) <= 4 and papery):
            begin = end + (colon.end() if colon else 0)
            stop = self._plain_end(begin)
            more = squeeze(words[begin:stop])
            if _words(more) >= 2:
                return f"{name.rstrip(':')}: {more}", stop
        goes_on = re.match(r" +(?=[a-z][\w-]* \w)", rest) and span.url and papery
        if (
            goes_on
            and _words(name) >= 1
            and not re.match(r" +(?:by|in|from|at|and|see|with)\b", rest)
        ):
            stop = self._plain_end(end)
            more = squeeze(words[end:stop])
            if 1 < _words(more) <= 14:
                return f"{name} {more}", stop
        if re.match(r" +[A-Z]\w* \w", rest) and papery and _words(name) <= 2:
            stop = self._plain_end(end)
            more = squeeze(words[end:stop])
            if _words(more) >= 3 and not looks_like_authors(more):
                return f"{name} {more}", stop
        return name, end

    def bold(self) -> Found | None:
        """A bold title, whole or half; a bold short name is an alias or the title's beginning."""
        span = next(
            (s for s in self.text.spans
             if s.kind == "bold" and self.start - 2 <= s.start <= self.start + 3
             and s.end > self.start + 2),
            None,
        )  # fmt: skip
        if span is None:
            return None
        if self.labels and self.labels[0].start < span.end:
            return None
        name = bare_title(self.text.text[max(span.start, self.start) : span.end])
        if not name or (looks_like_authors(name) and _words(name) > 3):
            return None
        return self._bold_goes_on(name, span) or self._bold_cut(name, span)

    def _bold_goes_on(self, name: str, span: Span) -> Found | None:
        """Bold is a short name before a colon, or the first half of a title."""
        end = self._past_marks(span.end)
        if re.search(r"[^\W\d_]{3}[.?!]\W*$", self.text.of(span)):
            return None
        rest = self.text.text[end : end + 400]
        colon = re.match(r"[ \t]*:\s*(?=\S)", rest) or (
            re.match(r"\s*(?=\S)", rest) if name.endswith(":") else None
        )
        if colon and (_words(name) <= 4 or name.endswith(":")):
            stop = self._plain_end(end + colon.end())
            more = squeeze(self.text.text[end + colon.end() : stop])
            if _words(more) >= 2:
                return Found(f"{name.rstrip(':')}: {more}", self.start, stop, how="bold")
        if re.match(r"[ -]*[\w(&]", rest) and not is_tail(rest.lstrip(), self.habits.this_year):
            stop = self._plain_end(end)
            more = squeeze(self.text.text[end:stop])
            if more and not looks_like_authors(more):
                glue = "" if rest[0] == "-" else " "
                return Found(f"{name}{glue}{more}", self.start, stop, how="bold")
        return None

    def _bold_cut(self, name: str, span: Span) -> Found:
        """Bold is the title, perhaps with its venue in brackets."""
        begin = max(span.start, self.start)
        cut = self._plain_end(begin, within=span)
        if cut < span.end and _words(self.text.text[self.start : cut]) >= 2:
            return Found(bare_title(self.text.text[self.start : cut]), self.start, cut, how="bold")
        return Found(name, self.start, self._past_marks(span.end), how="bold")

    def cited(self) -> Found | None:
        """A title after its authors, as in a citation."""
        found = title_after_people(self.text.text, self.start, trust=self.habits.people_first)
        if found is None or (self.labels and self.labels[0].start < found.end):
            return None
        begin, stop = self._styled_after(found.end)
        if stop == begin:
            stop = self._plain_end(begin)
        title = without_venue(squeeze(self.text.text[begin:stop]))
        if _words(title) < 2:
            return None
        return Found(bare_title(title), self.start, stop, people=found.people,
                     tags=[Tag(year=found.year)])  # fmt: skip

    def _styled_after(self, begin: int) -> tuple[int, int]:
        """The bold title after people, else an empty range there."""
        for span in self.text.spans:
            if span.kind == "bold" and begin <= span.start <= begin + 60 and _words(self.text.of(span)) >= 3:
                return span.start, span.end
        return begin, begin

    def plain(self) -> Found | None:
        """Plain words up to whatever ends a title."""
        stop = self._plain_end(self.start)
        name = bare_title(self.text.text[self.start : stop])
        if _words(name) == 0:
            return None
        return Found(name, self.start, stop)

    def _plain_end(self, begin: int, within: Span | None = None) -> int:
        """Where a plain title that begins at ``begin`` ends."""
        words = self.text.text
        limit = min(len(words), begin + 500)
        for span in self.text.spans:
            if span.start < begin or span is within or span.start >= limit:
                continue
            if span in self.labels or span.kind == "image":
                limit = before_bracket(words, begin, span.start)
            elif (
                span.kind in ("italic", "code")
                and span.start > begin
                and self._styled_end(span)
            ):
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
            return tagged or not _words(rest.without(others))
        if looks_like_authors(inside):
            return True
        told = published(inside, self.habits.this_year)
        return told.year is not None or (told.venue is not None and _words(inside) <= 6)


def bare_title(text: str) -> str:
    """A title without the quotes, brackets and blanks that wrap it whole."""
    text = squeeze(text)
    while len(text) > 2 and (text[0], text[-1]) in {("[", "]"), ("“", "”"), ('"', '"'), ("*", "*")}:
        if text[0] == "[" and closing(text, 0) not in (-1, len(text) - 1):
            break
        text = text[1:-1].strip()
    return text
