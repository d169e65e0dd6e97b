"""The columns of a table: which holds the title, which the links, the venue, the year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbot.lists.inline import Text
from paperbot.lists.lead import Habits, is_label
from paperbot.lists.links import host_role
from paperbot.lists.names import looks_like_authors
from paperbot.lists.text import squeeze, unmark
from paperbot.lists.venues import published

_HEADERS: tuple[tuple[str, str], ...] = (
    ("title", r"(?:paper |article |publication )?(?:title|titles|paper titles?"
              r"|papers? \(title\))|paper name|题目|标题"),
    ("authors", r"authors?|by|researchers?|作者|first author|writers?"),
    ("year", r"(?:publication |pub\.? )?(?:year|years|yr|date|dates|time|month|published"
         r"|publication date|released?"
             r"|release date|年份|日期|when)"),
    ("venue", r"venues?|conferences?|journals?|published (?:in|at)|pub\.?|publications?"
              r"|publisher|source|proceedings"
              r"|conf\.?|where|会议|conference/journal|venue/year|year/venue|venue & year"
              r"|venue \(year\)|publication venue"),
    ("code", r"codes?|github|repo(?:sitory)?|implementations?|official code|code links?|代码"
             r"|source code|resources?"),
    ("citations", r"citations?|cited(?: by)?|cites|#\s?cit\w*|引用"),
    ("stars", r"stars?|github stars?|⭐"),
    ("pages", r"pages?|pp|#\s?pages"),
    ("project", r"projects?|project pages?|websites?|homepages?|demos?|pages? links?"),
    ("link", r"links?|urls?|pdfs?|dois?|paper links?|arxiv|paper urls?|link to paper|access"
             r"|available|full text"),
    ("slides", r"slides?|presentations?"),
    ("video", r"videos?|talks?|recordings?"),
    ("data", r"datasets?|data"),
    ("alias", r"names?|models?|methods?|short|acronyms?|abbr(?:eviation|\.)?|nicknames?"
              r"|approach|systems?|algorithms?"
              r"|short names?|method name|model name|framework"),
    ("note", r"notes?|tl;?dr|summary|summaries|comments?|descriptions?|remarks?|abstracts?"
             r"|key(?: \w+)?|highlights?"
             r"|contributions?|takeaways?|main ideas?|ideas?|about|overview|introduction"),
    ("label", r"tags?|keywords?|topics?|areas?|types?|category|categories|tasks?|fields?"
              r"|institutes?|institutions?"
              r"|affiliations?|organi[sz]ations?|company|labs?|modality|domain|orgs?|publisher|org"),
    ("index", r"#|no\.?|id|index|num(?:ber)?|idx|s\.?no\.?|rank|序号"),
    ("title", r"papers?|articles?|works?|publications? titles?|references?|survey|surveys"
              r"|reading|resource|论文|books?"
              r"|paper & link|paper/title|papers? ?/ ?links?|title ?[&/+].*|title and .*"
              r"|paper and .*"),
)  # fmt: skip
_PATTERNS = [(role, re.compile(rf"(?:{words})\s*", re.I)) for role, words in _HEADERS]


def header_role(words: str) -> str | None:
    """The role that a header's words name, or None."""
    words = squeeze(unmark(words)).strip(" *:_()[]").lower()
    if not words:
        return None
    for role, pattern in _PATTERNS:
        if pattern.fullmatch(words):
            return role
    return None


def roles_of(header: Sequence[Text], body: Sequence[Sequence[Text]], habits: Habits) -> list[str]:
    """One role a column; exactly one is ``title`` where any column can be."""
    width = max([len(header), *(len(row) for row in body[:50])], default=0)
    roles = [header_role(header[at].text) or "" if at < len(header) else "" for at in range(width)]
    sample = body[:60]
    titles = [at for at, role in enumerate(roles) if role == "title"]
    scores = [_title_score(sample, at, habits) for at in range(width)]
    if len(titles) != 1 or scores[titles[0]] < 0.2:
        names = [at for at, role in enumerate(roles) if role == "alias" and scores[at] >= 0]
        candidates = titles or [
            at for at, role in enumerate(roles) if role in ("", "alias", "link", "venue", "note")
        ]
        if not titles and names and not any(role == "" for role in roles):
            candidates = names
        best = max(candidates or range(width), key=lambda at: scores[at], default=None)
        if best is not None and len(titles) == 1 and scores[best] < 0.5:
            best = titles[0]
        elif best is not None and titles and scores[best] < 0.2:
            others = [at for at, role in enumerate(roles) if role in ("", "alias", "link")]
            best = max([best, *others], key=lambda at: scores[at])
        roles = [
            "link" if role == "title" and at != best else role for at, role in enumerate(roles)
        ]
        if best is not None and (scores[best] >= 0.3 or titles):
            roles[best] = "title"
    return [role or _guess(sample, at, habits) for at, role in enumerate(roles)]


def _cells(body: Sequence[Sequence[Text]], at: int) -> list[Text]:
    return [row[at] for row in body if at < len(row) and row[at].text.strip()]


def _title_score(body: Sequence[Sequence[Text]], at: int, habits: Habits) -> float:
    """How many of a column's cells read like titles."""
    cells = _cells(body, at)
    if not cells:
        return 0.0
    good = sum(_title_like(cell, habits) for cell in cells)
    lengths = sum(min(len(cell.text), 90) for cell in cells) / len(cells)
    return good / max(len(cells), 0.5 * len(body)) + lengths / 900


def _title_like(cell: Text, habits: Habits) -> bool:
    names = [s for s in cell.links() if not is_label(cell.of(s), habits.this_year)]
    words = squeeze(cell.of(names[0]) if names else cell.without(cell.links()))
    return 3 <= len(words.split()) <= 40 and not looks_like_authors(words)


def _guess(body: Sequence[Sequence[Text]], at: int, habits: Habits) -> str:
    """A role for a column without a telling header, by its cells."""
    cells = _cells(body, at)
    if not cells:
        return "label"

    def most(test: object) -> bool:
        return sum(bool(test(cell)) for cell in cells) > 0.5 * len(cells)  # type: ignore[operator]

    if most(lambda cell: re.fullmatch(r"[\d\s.,%-]+", cell.text)):
        return "nothing"
    if most(lambda cell: cell.links()):
        hosts = {host_role(cell.links()[0].url) for cell in cells if cell.links()}
        return "code" if hosts == {"code"} else "link"
    if most(lambda cell: looks_like_authors(cell.text)):
        return "authors"
    if most(lambda cell: published(cell.text, habits.this_year).year) and most(
        lambda cell: len(cell.text) < 60
    ):
        return "venue"
    return "note" if most(lambda cell: len(cell.text.split()) > 8) else "label"
