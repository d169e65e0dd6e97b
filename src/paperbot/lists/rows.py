"""One row of a table as an entry."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from paperbot.lists.details import read_detail, read_draft
from paperbot.lists.draft import Draft, links_of, split_images
from paperbot.lists.inline import Text
from paperbot.lists.lead import Habits, bare
from paperbot.lists.links import role_of
from paperbot.lists.names import read_authors
from paperbot.lists.text import STAR, squeeze, unmark
from paperbot.paper import Kind, Link


def read_row(
    cells: Sequence[Text], roles: Sequence[str], line: int, habits: Habits, name: str
) -> Draft | None:
    """The entry of a row, or None for a row without a title, such as a divider."""
    at = roles.index("title")
    if at >= len(cells) or not re.search(r"\w", cells[at].text):
        return None
    draft = read_draft(cells[at], habits, name)
    if draft is None:
        return None
    draft.line = line
    for role, cell in zip(roles, cells, strict=False):
        if role == "title" or (not cell.text.strip() and not cell.spans):
            continue
        reader = _READERS.get(role)
        if reader is not None:
            reader(draft, cell, habits, name)
        else:
            read_detail(draft, cell, habits, name)
    return draft


def _authors(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    words = squeeze(split_images(cell)[0].text)
    if ";" in words:
        people = [squeeze(one) for one in words.split(";")]
        draft.authors = tuple(" ".join(reversed(p.split(", ", 1))) for p in people if p)
    draft.authors = draft.authors or read_authors(words) or ((words,) if len(words) < 80 else ())
    draft.take_links(_links(cell, "other"))


def _published(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    words = squeeze(split_images(cell)[0].text)
    draft.take_published(words, habits.this_year)
    plain = re.sub(r"['’]?\b(?:(?:19|20)\d\d|(?<=['’])\d\d)\b.*", "", words).strip(" ,-/'’(")
    if draft.venue is None and re.search(r"[A-Za-z]{2}", plain) and len(plain) <= 80:
        draft.venue = plain if not re.fullmatch(r"(?i)n/?a|none|tbd|unknown", plain) else None
    draft.take_links(_links(cell, "paper"))


def _year(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    words = split_images(cell)[0].text
    if found := re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", words):
        draft.year = draft.year or int(found[1])
    else:
        draft.take_published(words, habits.this_year)
    draft.take_links(_links(cell, "paper"))


def _linked(role: str) -> Callable[[Draft, Text, Habits, str], None]:
    def take(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
        draft.take_links(_links(cell, role))
        if role == "link":
            draft.take_published(split_images(cell)[0].text, habits.this_year)

    return take


def _links(cell: Text, role: str) -> list[Link]:
    """A cell's links; where neither words nor host tell what one leads to, its column does."""
    plain, badges = split_images(cell)
    found = links_of(plain)
    found += [Link(role_of(bare(words), url), url) for words, _, url in badges if url]
    fixed: list[Link] = []
    for link in found:
        own = link.role
        if role in ("code", "project", "slides", "video", "data") and own in ("other", "project"):
            own = role  # type: ignore[assignment]
        if role in ("link", "paper") and own == "other":
            own = "paper"
        fixed.append(Link(own, link.url))
    return fixed


def _number(what: str) -> Callable[[Draft, Text, Habits, str], None]:
    def take(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
        if found := re.search(r"\d[\d,. ]*", split_images(cell)[0].text):
            digits = re.sub(r"\D", "", found[0])
            if digits and getattr(draft, what) is None and len(digits) < 9:
                setattr(draft, what, int(digits))

    return take


def _alias(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    words = bare(split_images(cell)[0].text)
    if 1 < len(words) <= 40 and words not in draft.aliases and words != draft.title:
        draft.aliases.append(words)
    draft.take_links(_links(cell, "other"))


def _note(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    plain, _ = split_images(cell)
    draft.take_note(plain.text, name, cell.line)
    draft.take_links(_links(cell, "other"))


def _label(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    words = squeeze(unmark(split_images(cell)[0].text)).strip(" `*_-")
    if words and len(words) <= 40 and re.search(r"\w", words):
        draft.labels.append(words)
    draft.take_links(_links(cell, "other"))


def _star(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    draft.starred = draft.starred or bool(STAR.search(cell.text))
    draft.take_links(_links(cell, "code"))


def _nothing(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    """A running number says nothing of the work."""


def _kind(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    """The item type of a Zotero export."""
    told = re.sub(r"\W", "", cell.text).lower()
    kinds: dict[str, Kind] = {
        "thesis": "thesis",
        "book": "book",
        "webpage": "other",
        "blogpost": "blog",
        "computerprogram": "tool",
        "dataset": "dataset",
        "videorecording": "video",
    }
    draft.kind = kinds.get(told, "paper")


def _tags(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    draft.labels += [w for word in re.split(r"[;,]", cell.text) if (w := squeeze(word))]


def _doi(draft: Draft, cell: Text, habits: Habits, name: str) -> None:
    """A DOI or arXiv id without its host."""
    if found := re.search(r"10\.\d{4,9}/\S+", cell.text):
        draft.take_links([Link("paper", f"https://doi.org/{found[0]}")])
    elif found := re.search(r"\d{4}\.\d{4,5}", cell.text):
        draft.take_links([Link("paper", f"https://arxiv.org/abs/{found[0]}")])


_READERS: dict[str, Callable[[Draft, Text, Habits, str], None]] = {
    "authors": _authors,
    "venue": _published,
    "year": _year,
    "citations": _number("citations"),
    "pages": _number("pages"),
    "alias": _alias,
    "note": _note,
    "label": _label,
    "stars": _star,
    "index": _nothing,
    "kind": _kind,
    "tags": _tags,
    "doi": _doi,
    "section": _nothing,
    "nothing": _nothing,
    **{role: _linked(role) for role in ("code", "project", "slides", "video", "data", "link")},
}
