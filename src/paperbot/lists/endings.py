"""Where a plain title ends: at a break, its authors, its venue, its year, a label."""

from __future__ import annotations

import re

from paperbot.lists.lead import closing
from paperbot.lists.names import looks_like_authors, read_authors
from paperbot.lists.tags import read_dated_tag, read_venue_tag
from paperbot.lists.venues import is_long_name, published


def before_bracket(words: str, begin: int, at: int) -> int:
    """Back over the opening brackets, commas and blanks before a label."""
    while at > begin and words[at - 1] in " \t\r\n[(|,*-–:【":
        at -= 1
    return at


_IN = re.compile(
    r"(?:[Ii]n|[Aa]t|[Tt]o appear in|[Pp]roc(?:eedings)?\.?(?: of)?|[Pp]ublished in)\b:?\s+"
)


_NAME_AND_YEAR = re.compile(
    r"[A-Z][\w&.'-]*(?:[ ,]{1,2}[\w&.'-]+){0,7}?[ ,]{1,2}(?:\(?\d+[^a-z]{0,20})?(?:19|20)\d\d\W{0,8}"
)
""""Artificial Intelligence 139, 2002": a venue that nobody knows, and its year."""


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
    if near.year and re.match(r"[A-Z][A-Za-z&./\- ]{1,24}['’, ]{0,2}\d", head):
        return True
    if _NAME_AND_YEAR.fullmatch(line[:90]):
        return True
    if _INVERTED.match(line):
        return True
    whole = re.split(r"(?<=[a-z]{2})\.\s|[\[(|]|,?\s(?=(?:19|20)\d\d)", line[:600])[0]
    return looks_like_authors(whole, strict=True) or bool(re.match(r"[A-Z][\w'’-]+,? et al", head))


_INVERTED = re.compile(
    r"(?:[A-Z][^\W\d_]+(?:[-'’][A-Z]?[^\W\d_]+)*, (?:[A-Z]\. ?-?){1,3}(?:,? (?:and|&) |[,;] ?|$|(?=\s))){2}"
)
""""Doe, J., Li, A." after a title."""

_SEPARATOR = re.compile(
    r"\r|\n|\t|\s\|+\s|\s/\s|\s[–—-]{1,3}\s|[.?!,;:](?=\s)|\s?[\[(【]|\sby\s(?=[A-Z])|https?://|:star|⭐|👍"
)


TRIES = 60
"""Separators looked at in one title; no title has as many."""


def first_end(words: str, begin: int, limit: int, year: int) -> int:
    """The first separator in the text that is followed by what no title goes on with."""
    for tried, found in enumerate(_SEPARATOR.finditer(words, begin + 2, limit)):
        if tried >= TRIES:
            break
        mark = found[0].strip(" ") or found[0]
        after = words[found.end() : limit + 200]
        if _ends_here(mark, words, found.span(), after, year):
            return found.start() + (1 if mark in "?!" else 0)
    return limit


def end_in_bold(words: str, begin: int, limit: int, year: int) -> int:
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


_UNFINISHED = re.compile(
    r"(?i)(?:\b(?:of|the|an?|for|and|with|in|on|to|via|by|from|using|as|at|or|into|through|towards?|is|are"
    r"|under|over|between|without|beyond)|[,&-])\s*$"
)
"""How a line ends whose title goes on in the next."""


def _ends_here(mark: str, words: str, place: tuple[int, int], after: str, year: int) -> bool:
    """Whether a title ends at the separator that stands at ``place``."""
    if mark in _BREAKS or not mark.strip("|"):
        return True
    if mark == "\n":
        line = words[words.rfind("\n", 0, place[0]) + 1 : place[0]]
        wrapped = (len(line) >= 55 or _UNFINISHED.search(line)) and not is_tail(after, year)
        return not (wrapped or re.match(r"\s*[a-z(]", after))
    if mark in "[(【":
        return _bracket_ends(words, place[1], year)
    if mark == "by":
        return looks_like_authors(re.split(r"[.\r\n(\[]", after)[0], strict=True)
    if mark in (",", ":", ";"):
        dated = bool(re.match(r"\s*(?:in )?(?:19|20)\d\d\b", after))
        if mark == ";" and looks_like_authors(after.split(";", maxsplit=1)[0], strict=True):
            return True
        return dated or _venue_next(after.lstrip(), year, people=mark != ":")
    if mark in "-–—|" and _ONE_PERSON.match(after) and read_authors(_ONE_PERSON.match(after)[1]):  # type: ignore[index]
        return True
    return is_tail(after, year)


_ONE_PERSON = re.compile(r"\s*([^\W\d_][^\n\r|–—,;()\[\]]{4,40}?)\s+[–—|-]+\s")
"""One name between two dashes or bars."""


_BREAKS = {"\r", "\t", "https://", "http://", ":star", "⭐", "👍"}


def _bracket_ends(words: str, end: int, year: int) -> bool:
    """Whether the bracket that opens before ``end`` holds a venue or people."""
    close = closing(words, end - 1)
    if close < 0:
        return False
    inside = words[end:close]
    if read_venue_tag(inside, this_year=year) or looks_like_authors(inside, strict=True):
        return True
    last = not re.search(r"\w", words[close + 1 :])
    if last and (_ACRONYM_YEAR.fullmatch(inside) or is_long_name(inside)):
        return True
    return read_dated_tag(inside, this_year=year) is not None


_ACRONYM_YEAR = re.compile(r"\s*[A-Z][A-Za-z&-]*[A-Z]{2}[A-Za-z&-]* ?['’]?[0129]\d\s*")
""""(CHEOPS 22)": only at an entry's end."""


def _venue_next(rest: str, year: int, *, people: bool) -> bool:
    """Whether the words up to the next stop are a venue, or people."""
    first = re.split(r"[\r\n|\[]", rest)[0]
    head = re.split(r"[.;(]|,\s", first)[0]
    told = published(head[:60], year)
    if told.venue and head.startswith(told.venue) and len(head) <= len(told.venue) + 16:
        return True
    pieces = [re.sub(r"^and ", "", piece.strip()) for piece in first.split(",")[:2]]
    if people and len(pieces) == 2 and all(len(p.split()) > 1 for p in pieces):
        if looks_like_authors(", ".join(pieces), strict=True) and first.count(",") >= 2:
            return True
    return bool(re.match(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? et al", rest)) or (
        people
        and first.count(",") >= 2
        and looks_like_authors(re.split(r"(?<=[a-z]{2})\.\s|\(|,\s(?=\d)", first)[0], strict=True)
    )
