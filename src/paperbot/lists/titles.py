"""Where in an entry its title stands: quoted, linked, bold, or plain up to what ends it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from paperbot.lists.endings import before_bracket, end_in_bold, first_end, is_tail
from paperbot.lists.inline import Span, Text
from paperbot.lists.lead import PRODUCTS, Habits, Lead, bare, closing, is_label
from paperbot.lists.links import host_role, word_role
from paperbot.lists.names import looks_like_authors
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


<<<<<<< HEAD
_OPEN = {"[": "]", "(": ")", "【": "】", "`": "`"}
_ORDINAL = re.compile(
    r"(?:\(?\d{1,4}[.)]|\[\d{1,3}\]|\(\d{1,3}\)|#\d{1,4}[.:)]?|[-*•·‣▪+])\s+|\[[ xX]\]\s*"
)
_BARE_DATE = re.compile(
    r"\(?(?:19|20)\d\d(?:[./-]\d{1,2}){1,2}\)?[\s:,|-]+|(?:19|20)\d\d\s*[:|]\s+"
)
_SKIP = re.compile(r"[\s,;:|•·–—-]+|&nbsp;")


def bare(text: str) -> str:
    """A link's or bracket's text without the brackets, blanks and marks round it."""
    return squeeze(unmark(text)).strip(" []()【】{}*_`'\"“”:.,;|<>→«»")


def is_label(text: str, this_year: int) -> bool:
    """Whether a link's text says what it leads to or where it was published, and is no title."""
    words = bare(text)
    if (
        not words
        or word_role(words)
        or re.match(r"https?://|www\.|arxiv:|doi:|10\.\d{4}", words, re.I)
    ):
        return True
    if re.fullmatch(r"[\d\s.,/:v-]+", words):
        return True
    return read_venue_tag(words, this_year=this_year) is not None


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
        for pattern in (_SKIP, STAR, _ORDINAL, _BARE_DATE):
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
        return self._bracket() or self._styled_tag()

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
        return tag if tag is not None else read_citation_tag_plain(inside, year)

    def _is_label_link(self, end: int) -> bool:
        inner = [s for s in self.text.links() if self.at - 1 <= s.start and s.end <= end + 1]
        return bool(inner) and all(is_label(self.text.of(s), self.habits.this_year) for s in inner)

    def _is_short_name(self, inside: str, end: int) -> bool:
        """``**[LLaRP]** "Large Language Models …"``: a name before a quoted or linked title."""
        after = self.text.text[end + 1 : end + 6].lstrip(" *:")
        quoted = after[:1] in '"“'
        if quoted and after and len(inside) <= 30 and "\n" not in inside:
            self.alias = bare(inside) or None
            return True
        return False

    def _styled_tag(self) -> bool:
        """``**ICLR 2024** Title``, ``*NeurIPS'23*: Title`` and a linked venue before a title."""
        for span in self.text.spans:
            if not self.at - 1 <= span.start <= self.at or span.kind == "image":
                continue
            inside = self.text.of(span)
            if len(squeeze(self.text.text[span.end :])) < 8:
                continue
            tag = read_venue_tag(inside, this_year=self.habits.this_year)
            label = span.kind == "link" and is_label(inside, self.habits.this_year)
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


=======
>>>>>>> lists
_QUOTE = re.compile(
    r"“(?P<curly>[^“”]{6,400})”|\"(?P<straight>[^\"]{6,400})\"(?=[\s,.;:)\]|*–-]|$)"
    r"|``(?P<tex>[^'`]{6,400})''|«(?P<angle>[^»]{6,400})»|‘(?P<single>[^‘’]{12,400})’(?=[\s,.]|$)"
)


def _words(text: str) -> int:
    return len(re.findall(r"\w+", text))


def find_title(text: Text, habits: Habits) -> Found | None:
    """The title of an entry, or None where the text holds none."""
    lead = Lead(text, habits)
    start = lead.read()
    finder = _Finder(text, habits, start)
    found = finder.quoted() or finder.linked() or finder.bold() or finder.plain()
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
            if is_label(text.of(s), habits.this_year)
            and not (s.start == start and bare(text.of(s)).lower() in PRODUCTS)
        ]
        self.names = [s for s in links if s not in self.labels]

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
        alias = lead if lead and _words(lead) <= 4 and not looks_like_authors(lead) else None
        return Found(inside, self.start, found.end(), alias=alias, how="quoted",
                     link=self._link_over(found.start(), found.end()))  # fmt: skip

    def _leads_to_quote(self, lead: str, before: str, inside: str) -> bool:
        if any(s.kind == "bold" and s.start <= self.start + 2 and s.end >= self.start + len(lead)
               for s in self.text.spans) and _words(lead) <= 5:  # fmt: skip
            return True
        if looks_like_authors(lead):
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
        name = bare_title(self.text.of(span))
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
        if lead:
            if not self._link_beats(lead, before, name):
                return None
            alias = lead if _words(lead) <= 3 and not looks_like_authors(lead) else None
            alias = None if alias and word_role(alias) else alias
        end = self._past_marks(span.end)
        title, end = self._extended(span, name, end)
        return Found(title, self.start, end, alias=alias, how="linked", link=span)

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
            elif span.kind in ("italic", "code") and self._styled_end(span):
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

<<<<<<< HEAD
    def _is_tail(self, rest: str, at: int) -> bool:
        return is_tail(rest, self.habits.this_year)


def _before_bracket(words: str, begin: int, at: int) -> int:
    """Back over the opening brackets, commas and blanks before a label."""
    while at > begin and words[at - 1] in " \t\r\n[(|,*-–:【":
        at -= 1
    return at


_IN = re.compile(
    r"(?:[Ii]n|[Aa]t|[Tt]o appear in|[Pp]roc(?:eedings)?\.?(?: of)?|[Pp]ublished in)\b:?\s+"
)


def is_tail(rest: str, this_year: int) -> bool:
    """Whether a text goes on with authors, venue or year, so that the title before it is over."""
    rest = rest.lstrip(" \t*_([,.-–—|")
    line = re.split(r"[\r\n]", rest, maxsplit=1)[0]
    head = line[:70]
    if re.match(r"(?:19|20)\d\d(?!\d)", head) or re.match(
        r"https?://|\[?\[?(?:paper|pdf|code)\b", head, re.I
    ):
        return True
    prefix = _IN.match(head)
    first = re.split(r"[.;|\[(]|,\s(?=(?:19|20)\d\d)", head[prefix.end() :] if prefix else head)[0]
    told = published(first if len(first) > 3 else head, this_year)
    near = published(head[:34], this_year)
    if (told.venue and first.startswith(told.venue)) or (
        near.venue and near.year and head.startswith(near.venue)
    ):
        return True
    if near.year and re.match(r"[A-Z][A-Za-z&.\- ]{1,20}['’, ]{0,2}\d", head):
        return True
    whole = re.split(r"(?<=[a-z]{2})\.\s|[\[(|]|,?\s(?=(?:19|20)\d\d)", line[:600])[0]
    return looks_like_authors(whole, strict=True) or bool(re.match(r"[A-Z][\w'’-]+,? et al", head))


_SEPARATOR = re.compile(
    r"\r|\n|\t|\s\|+\s|\s/\s|\s[–—-]{1,3}\s|[.?!,;:](?=\s)|\s?[\[(【]|\sby\s(?=[A-Z])|https?://|:star|⭐|👍"
)


def _first_end(words: str, begin: int, limit: int, finder: _Finder) -> int:
    """The first separator in the text that is followed by what no title goes on with."""
    year = finder.habits.this_year
    tried = 0
    for found in _SEPARATOR.finditer(words, begin + 2, limit):
        mark = found[0].strip(" ") or found[0]
        after = words[found.end() : limit + 200]
        tried += 1
        if tried > 60:
            break
        if _ends_here(mark, words, found.start(), found.end(), after, year):
            return found.start() + (1 if mark in "?!" else 0)
    return limit


def _end_in_bold(words: str, begin: int, limit: int, year: int) -> int:
    """Inside bold a title ends at a break or at its venue in brackets alone."""
    for found in re.finditer(r"\r|\s?[\[(【]|\.\s+In\s", words[begin:limit]):
        at = begin + found.start()
        if found[0].strip(" ")[:1] in "[(【" and found[0].strip(" "):
            close = closing(words, begin + found.end() - 1)
            if (
                close < 0
                or read_venue_tag(words[begin + found.end() : close], this_year=year) is None
            ):
                continue
        if at - begin >= 2:
            return at
    return limit


def _ends_here(mark: str, words: str, start: int, end: int, after: str, year: int) -> bool:
    if mark in ("\r", "\t", "https://", "http://", ":star", "⭐", "👍") or mark.strip("|") == "":
        return True
    if mark == "\n":
        line = words[words.rfind("\n", 0, start) + 1 : start]
        wrapped = len(line) >= 55 and not is_tail(after, year)
        return not (wrapped or re.match(r"\s*[a-z(]", after))
    if mark in "[(【":
        close = closing(words, end - 1)
        if close < 0:
            return False
        inside = words[end:close]
        return read_venue_tag(inside, this_year=year) is not None or looks_like_authors(
            inside, strict=True
        )
    if mark == "by":
        return looks_like_authors(re.split(r"[.\r\n(\[]", after)[0], strict=True)
    if mark in (",", ":", ";"):
        rest = after.lstrip()
        dated = bool(re.match(r"(?:in )?(?:19|20)\d\d\b", rest))
        return dated or _venue_next(rest, year, people=mark == ",")
    return is_tail(after, year)


def _venue_next(rest: str, year: int, *, people: bool) -> bool:
    """Whether the words up to the next stop are a venue, or people."""
    first = re.split(r"[\r\n|\[]", rest)[0]
    head = re.split(r"[.;(]|,\s", first)[0]
    told = published(head[:60], year)
    if told.venue and head.startswith(told.venue) and len(head) <= len(told.venue) + 16:
        return True
    return bool(re.match(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? et al", rest)) or (
        people
        and first.count(",") >= 1
        and looks_like_authors(re.split(r"(?<=[a-z]{2})\.\s|\(|,\s(?=\d)", first)[0], strict=True)
    )

=======
>>>>>>> lists

def bare_title(text: str) -> str:
    """A title without the quotes, brackets and blanks that wrap it whole."""
    text = squeeze(text)
    while len(text) > 2 and (text[0], text[-1]) in {("[", "]"), ("“", "”"), ('"', '"'), ("*", "*")}:
        if text[0] == "[" and closing(text, 0) not in (-1, len(text) - 1):
            break
        text = text[1:-1].strip()
    return text
