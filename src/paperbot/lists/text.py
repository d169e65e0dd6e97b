"""Text made readable: broken characters, odd hyphens and blanks, LaTeX, marks."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

_ODD = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"), " "),
    **dict.fromkeys(map(ord, "\u2009\u200a\u202f\u205f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff\ufe0e"), None),
    **dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F], None),
}
"""Hyphens that no search knows, blanks of odd width, and characters that cannot be seen."""

STAR = re.compile(r":(?:\+1|thumbsup|star2?|glowing_star):|[\U0001f44d\u2b50\U0001f31f\u2605]")
"""A curator's star in its usual spellings."""

_MARK = re.compile(
    r":[a-z][a-z0-9_]{2,}:(?!//)"
    r"|[\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\u25a0-\u25ff\ufe0f\u20e3"
    r"\u200d\U000e0020-\U000e007f]"
)
"""Emoji and their shortcodes: ornament, never part of a title."""

MARK_BEFORE_COLON = re.compile(rf"\s*(?:{_MARK.pattern})(?=\s?[:,](?:\s|$))")
"""Ornament in the middle of a title, and the blank before it."""

_SUPER = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_SUPERS = re.compile(r"\s*\^\s*\{?\s*([0-9+\-=()n]+)\s*\}?")
_SUBS = re.compile(r"_\s*\{?\s*([0-9+\-=()]+)\s*\}?")
_MATH = re.compile(r"(?<!\\)(\${1,2})(?=\S)([^$\n]{1,120}?)(?<=\S)\1(?!\d)")
_COMMAND = re.compile(r"\\[a-zA-Z\"'`^~=.]")
_BRACES = re.compile(r"(?<!\\)[{}]")
_BLANKS = re.compile(r"\s+")


def mend(line: str) -> str:
    """One raw line with broken characters mended and odd hyphens and blanks made plain."""
    if line.isascii():
        return line if line.isprintable() else line.translate(_ODD)
    if len(line) <= 20_000:  # ftfy's cost is not worth it on what is no text
        import ftfy  # takes as long to load as a list to read: not for plain ASCII

        line = ftfy.fix_text(
            line, uncurl_quotes=False, fix_character_width=True, unescape_html=False
        )
    return line.translate(_ODD).replace("\n", " ").replace("\r", " ")


def squeeze(text: str) -> str:
    """The text with every run of white space as one blank."""
    return _BLANKS.sub(" ", text).strip()


def unmark(text: str) -> str:
    """The text without emoji and their shortcodes."""
    if text.isascii() and ":" not in text:
        return text
    return _MARK.sub(" ", STAR.sub(" ", text))


@lru_cache(maxsize=4096)
def readable(text: str) -> str:
    r"""LaTeX as a reader would write it: ``S$^{3}$`` is S³, ``$\Sigma$`` Σ, ``{Intra}`` Intra."""
    if not any(mark in text for mark in "$\\{}"):
        return text
    text = _MATH.sub(lambda found: _math(found[2]) if _is_math(found[2]) else found[0], text)
    if _COMMAND.search(text):
        text = _latex(text)
    return squeeze(_BRACES.sub("", text))


def _is_math(inside: str) -> bool:
    """Whether what stands between two dollar signs is a formula and not two prices."""
    return bool(re.search(r"[\\^_{}]", inside)) or len(inside) <= 3 or not inside[0].isdecimal()


def _math(inside: str) -> str:
    inside = _SUPERS.sub(lambda found: found[1].translate(_SUPER), inside)
    inside = _SUBS.sub(lambda found: found[1].translate(_SUB), inside)
    return _latex(inside) if "\\" in inside else inside


def _latex(text: str) -> str:
    try:
        return str(_latex_reader().latex_to_text(text.replace("%", r"\%").replace(r"\\%", r"\%")))
    except Exception:  # any text may come: what LaTeX cannot read stays as it is
        return text


@cache
def _latex_reader() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text  # few lists hold any LaTeX

    return LatexNodes2Text(math_mode="text", keep_comments=True, strict_latex_spaces=False)


def fold(text: str) -> str:
    """Lower case, accents and superscripts taken off: the form in which titles are compared."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def key(text: str) -> str:
    """Letters and digits of the folded text alone: equal for every way to write one title."""
    return re.sub(r"[\W_]+", "", fold(text))
