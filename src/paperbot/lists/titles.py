"""Where in an entry its title stands: quoted, linked, bold, or plain up to what ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperbot.lists.cuts import Cutter, bare_title, count_words
from paperbot.lists.endings import is_tail
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import Habits, Lead
from paperbot.lists.links import host_role, word_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.people import leading_people, title_after_people, without_venue
from paperbot.lists.tags import Tag, read_venue_tag
from paperbot.lists.text import squeeze
from paperbot.lists.venues import leftover


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


_TAG_AT_END = re.compile(
    r"\s*[\[(（]([^()\[\]（）]{4,60})[\])）]\W*$|[,.]\s+([^,.()\[\]]{6,40})\W*$"
)


def find_title(text: Text, habits: Habits) -> Found | None:
    """The title of an entry, or None where the text holds none."""
    lead = Lead(text, habits)
    start = lead.read()
    finder = _Finder(text, habits, start)
    found = finder.quoted() or finder.linked() or finder.bold() or finder.cited() or finder.plain()
    if found is None:
        return None
    found.tags = [*lead.tags, *found.tags]
    found.alias = found.alias or lead.alias
    found.people = found.people or lead.people
    return found


class _Finder(Cutter):
    """The ways in which a title can stand out, tried from the surest to the plainest."""

    def quoted(self) -> Found | None:
        """A title in quotes, at the start or after a short name or the authors."""
        found = _QUOTE.search(self.text.text, self.start)
        if not found or count_words(found[0]) < 2:
            return None
        before = self.text.text[self.start : found.start()]
        inside = next(group for group in found.groups() if group is not None)
        after = self.text.text[found.end() : found.end() + 3]
        if (
            after.startswith(":")
            and count_words(after + self.text.text[found.end() + 3 :][:40]) > 1
        ):
            return None  # "Why Should I Trust You?": Explaining the Predictions …
        if self.labels and self.labels[0].start < found.start() and count_words(before) > 3:
            return None
        lead = before.strip(" \t\r\n*_:[]()-–—,.")
        if lead and not self._leads_to_quote(lead, before, inside):
            return None
        told = leading_people(lead) if lead else None
        alias = lead if lead and told is None and count_words(lead) <= 4 else None
        return Found(inside, self.start, found.end(), alias=alias, how="quoted",
                     link=self.link_over(found.start(), found.end()),
                     people=told[0] if told else (),
                     tags=[Tag(year=told[1])] if told else [])  # fmt: skip

    def _leads_to_quote(self, lead: str, before: str, inside: str) -> bool:
        if any(s.kind == "bold" and s.start <= self.start + 2 and s.end >= self.start + len(lead)
               for s in self.text.spans) and count_words(lead) <= 5:  # fmt: skip
            return True
        if leading_people(lead):
            return count_words(inside) >= 2
        return before.rstrip(" *_").endswith((".", ",", ":")) and count_words(inside) >= 4

    def linked(self) -> Found | None:
        """A title that is a link's text, perhaps going on after it."""
        if not self.names:
            return None
        span = self.names[0]
        name = bare_title(self.text.text[max(span.start, self.start) : span.end])
        before = self.text.text[self.start : span.start]
        lead = before.strip(' \t\r\n*_:[]()-–—,.|"“')
        if self.labels and self.labels[0].start < span.start and count_words(lead) >= 2:
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
            alias = lead if count_words(lead) <= 3 and not told else None
            alias = None if alias and word_role(alias) else alias
        end = self.past_marks(span.end)
        title, end = self._extended(span, name, end)
        title, within = self._without_tag(title)
        return Found(title, self.start, end, alias=alias, how="linked", link=span,
                     people=told[0] if told else (),
                     tags=[*within, *([Tag(year=told[1])] if told else [])])  # fmt: skip

    def _without_tag(self, title: str) -> tuple[str, list[Tag]]:
        """A link's text without the venue at its end: ``[Title (ICLR 2019)](url)``."""
        found = _TAG_AT_END.search(title)
        if found is None or count_words(title[: found.start()]) < 2:
            return title, []
        words = found[1] or found[2]
        tag = read_venue_tag(words, this_year=self.habits.this_year)
        if tag is None or tag.year is None or tag.kind:
            return title, []
        if found[2] and (tag.venue is None or leftover(words, self.habits.this_year)):
            return title, []
        return title[: found.start()].rstrip(), [tag]

    def _after_authors(self, span: Span) -> Found | None:
        """``[Jane Doe, Ann Li](url): The Title``: the link's text names the people."""
        found = re.compile(r"[\]\s:.,-]+").match(self.text.text, span.end)
        begin = found.end() if found else span.end
        stop = self.plain_end(begin)
        title = squeeze(self.text.text[begin:stop])
        if count_words(title) < 2:
            return None
        return Found(title, self.start, stop, how="after", link=span)

    def _link_beats(self, lead: str, before: str, name: str) -> bool:
        """Whether a link after some words is the title, or a mere label after a plain title."""
        if looks_like_authors(lead):
            return True
        bracketed = before.rstrip(" *_").endswith(("[", "("))
        if bracketed:
            return count_words(lead) < 2 and count_words(name) >= 3
        if before.rstrip(" *_").endswith((":", "-", "–", "—", "|")) and count_words(lead) <= 5:
            return count_words(name) >= 2
        if "\r" in before or "\n" in before:
            return False
        return count_words(name) >= 4 and count_words(name) >= count_words(lead)

    def _extended(self, span: Span, name: str, end: int) -> tuple[str, int]:
        """A short name goes on: ``[NeRF](url): Representing Scenes …``."""
        words = self.text.text
        rest = words[end : end + 400]
        papery = host_role(span.url) in ("paper", "pdf")
        colon = re.match(r"\s*:\s*(?=\S)", rest)
        if name.endswith(":") or (colon and count_words(name) <= 4 and papery):
            begin = end + (colon.end() if colon else 0)
            stop = self.plain_end(begin)
            more = squeeze(words[begin:stop])
            remark = count_words(name) >= 3 and more[:1].islower()
            if count_words(more) >= 2 and not remark:
                return f"{name.rstrip(':')}: {more}", stop
        goes_on = re.match(r" +(?=[a-z][\w-]* \w)", rest) and span.url and papery
        if (
            goes_on
            and count_words(name) >= 1
            and not re.match(r" +(?:by|in|from|at|and|see|with)\b", rest)
        ):
            stop = self.plain_end(end)
            more = squeeze(words[end:stop])
            if 1 < count_words(more) <= 14:
                return f"{name} {more}", stop
        if re.match(r" +[A-Z]\w* \w", rest) and papery and count_words(name) <= 2:
            stop = self.plain_end(end)
            more = squeeze(words[end:stop])
            if count_words(more) >= 3 and not looks_like_authors(more):
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
        if not name or (looks_like_authors(name) and count_words(name) > 3):
            return None
        return (
            self._italic_after(name, span)
            or self._bold_goes_on(name, span)
            or self._bold_cut(name, span)
        )

    def _italic_after(self, name: str, span: Span) -> Found | None:
        """``**LoRA** - *Low-Rank Adaptation …*``: a name, then the title in italics."""
        mark = re.compile(r"\s*[-–—:|]\s*").match(self.text.text, self.past_marks(span.end))
        if mark is None or count_words(name) > 3:
            return None
        for other in self.text.spans:
            inside = self.text.of(other)
            if other.kind == "italic" and abs(other.start - mark.end()) <= 1:
                if count_words(inside) >= 3 and not looks_like_authors(inside):
                    return Found(bare_title(inside), self.start, other.end, alias=name, how="bold")
        return None

    def _bold_goes_on(self, name: str, span: Span) -> Found | None:
        """Bold is a short name before a colon, or the first half of a title."""
        end = self.past_marks(span.end)
        if re.search(r"[^\W\d_]{3}[.?!]\W*$", self.text.of(span)):
            return None
        rest = self.text.text[end : end + 400]
        colon = re.match(r"[ \t]*:\s*(?=\S)", rest) or (
            re.match(r"\s*(?=\S)", rest) if name.endswith(":") else None
        )
        if colon and (count_words(name) <= 4 or name.endswith(":")):
            stop = self.plain_end(end + colon.end())
            more = squeeze(self.text.text[end + colon.end() : stop])
            if count_words(more) >= 2:
                return Found(f"{name.rstrip(':')}: {more}", self.start, stop, how="bold")
        if re.match(r"[ -]*[\w(&]", rest) and not is_tail(rest.lstrip(), self.habits.this_year):
            stop = self.plain_end(end)
            more = squeeze(self.text.text[end:stop])
            if more and not looks_like_authors(more):
                glue = "" if rest[0] == "-" else " "
                return Found(f"{name}{glue}{more}", self.start, stop, how="bold")
        return None

    def _bold_cut(self, name: str, span: Span) -> Found:
        """Bold is the title, perhaps with its venue in brackets."""
        begin = max(span.start, self.start)
        cut = self.plain_end(begin, within=span)
        if cut < span.end and count_words(self.text.text[self.start : cut]) >= 2:
            return Found(bare_title(self.text.text[self.start : cut]), self.start, cut, how="bold")
        return Found(name, self.start, self.past_marks(span.end), how="bold")

    def cited(self) -> Found | None:
        """A title after its authors, as in a citation."""
        found = title_after_people(self.text.text, self.start, trust=self.habits.people_first)
        if found is None or (self.labels and self.labels[0].start < found.end):
            return None
        begin, stop = self._styled_after(found.end)
        if stop == begin:
            stop = self.plain_end(begin)
        title = without_venue(squeeze(self.text.text[begin:stop]))
        if count_words(title) < 2:
            return None
        return Found(bare_title(title), self.start, stop, people=found.people,
                     tags=[Tag(year=found.year)])  # fmt: skip

    def _styled_after(self, begin: int) -> tuple[int, int]:
        """The bold title after people, else an empty range there."""
        for span in self.text.spans:
            if (
                span.kind == "bold"
                and begin <= span.start <= begin + 60
                and count_words(self.text.of(span)) >= 3
            ):
                return span.start, span.end
        return begin, begin

    def plain(self) -> Found | None:
        """Plain words up to whatever ends a title."""
        stop = self.plain_end(self.start)
        name = bare_title(self.text.text[self.start : stop])
        if count_words(name) == 0:
            return None
        return Found(name, self.start, stop)
