"""Venue and year as a link's identifier or path tells them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from paperbot.lists.links import identifier


@dataclass(frozen=True, slots=True)
class FromLink:
    """Venue and year as a link's path tells them."""

    venue: str | None = None
    year: int | None = None


_PMLR = {
    28: ("ICML", 2013), 32: ("ICML", 2014), 37: ("ICML", 2015), 48: ("ICML", 2016),
    70: ("ICML", 2017), 80: ("ICML", 2018), 97: ("ICML", 2019), 119: ("ICML", 2020),
    139: ("ICML", 2021), 162: ("ICML", 2022), 202: ("ICML", 2023), 235: ("ICML", 2024),
    267: ("ICML", 2025), 9: ("AISTATS", 2010), 15: ("AISTATS", 2011), 22: ("AISTATS", 2012),
    31: ("AISTATS", 2013), 33: ("AISTATS", 2014), 38: ("AISTATS", 2015), 51: ("AISTATS", 2016),
    54: ("AISTATS", 2017), 84: ("AISTATS", 2018), 89: ("AISTATS", 2019), 108: ("AISTATS", 2020),
    130: ("AISTATS", 2021), 151: ("AISTATS", 2022), 206: ("AISTATS", 2023), 238: ("AISTATS", 2024),
    258: ("AISTATS", 2025), 75: ("COLT", 2018), 99: ("COLT", 2019), 125: ("COLT", 2020),
    134: ("COLT", 2021), 178: ("COLT", 2022), 195: ("COLT", 2023), 247: ("COLT", 2024),
    78: ("CoRL", 2017), 87: ("CoRL", 2018), 100: ("CoRL", 2019), 155: ("CoRL", 2020),
    164: ("CoRL", 2021), 205: ("CoRL", 2022), 229: ("CoRL", 2023), 270: ("CoRL", 2024),
}  # fmt: skip
"""Volumes of the Proceedings of Machine Learning Research: proceedings.mlr.press."""

_USENIX = {"osdi": "OSDI", "atc": "USENIX ATC", "nsdi": "NSDI", "fast": "FAST",
           "usenixsecurity": "USENIX Security", "hotos": "HotOS", "hotcloud": "HotCloud",
           "hotstorage": "HotStorage", "woot": "WOOT", "opml": "OpML", "soups": "SOUPS",
           "lisa": "LISA"}  # fmt: skip
_ACL_LETTER = {"P": "ACL", "D": "EMNLP", "N": "NAACL", "E": "EACL", "Q": "TACL", "C": "COLING",
               "K": "CoNLL", "J": "Computational Linguistics", "L": "LREC"}  # fmt: skip
_ACL_NAME = {"acl": "ACL", "emnlp": "EMNLP", "naacl": "NAACL", "eacl": "EACL", "tacl": "TACL",
             "coling": "COLING", "conll": "CoNLL", "aacl": "AACL",
             "cl": "Computational Linguistics",
             "findings": "Findings", "lrec": "LREC"}  # fmt: skip


def from_link(url: str) -> FromLink:
    """Venue and year of a proceedings link, or the year of an identifier that holds one."""
    name = identifier(url) or ""
    scheme, _, rest = name.partition(":")
    teller = _TELLERS.get(scheme)
    told = teller(rest) if teller else None
    if told is None:
        told = _from_path(url)
    return told


def _from_arxiv(name: str) -> FromLink:
    digits = name.rsplit("/", 1)[-1]
    year = int(digits[:2])
    return FromLink(None, 1900 + year if year > 90 else 2000 + year)


def _from_doi(name: str) -> FromLink | None:
    if found := re.match(r"10\.1101/((?:19|20)\d\d)\.\d\d\.\d\d", name):
        return FromLink(None, int(found[1]))
    if found := re.match(r"10\.1038/s4\d{4}-0(\d\d)-", name):
        return FromLink(None, 2000 + int(found[1]))
    if found := re.match(r"10\.1016/j\.[a-z]+\.((?:19|20)\d\d)\.", name):
        return FromLink(None, int(found[1]))
    if found := re.match(r"10\.18653/v1/(.+)", name):
        return _from_acl(found[1])
    return None


def _from_acl(name: str) -> FromLink | None:
    name = name.lower()
    if found := re.match(r"([a-z])(\d\d)-", name):
        year = int(found[2])
        return FromLink(
            _ACL_LETTER.get(found[1].upper()), 1900 + year if year > 60 else 2000 + year
        )
    if found := re.match(r"(\d{4})\.([a-z]+)-([a-z]+)", name):
        venue = _ACL_NAME.get(found[2])
        if found[2] == "findings":
            venue = f"Findings of {_ACL_NAME.get(found[3], found[3].upper())}"
        return FromLink(venue, int(found[1]))
    return None


def _from_usenix(name: str) -> FromLink | None:
    if found := re.match(r"([a-z]+)-?(\d\d)/", name):
        return FromLink(_USENIX.get(found[1]), 2000 + int(found[2]))
    return None


def _from_mlr(name: str) -> FromLink | None:
    told = _PMLR.get(int(name[1:].split("/", maxsplit=1)[0]))
    return FromLink(*told) if told else None


_TELLERS: dict[str, Callable[[str], FromLink | None]] = {
    "arxiv": _from_arxiv,
    "doi": _from_doi,
    "acl": _from_acl,
    "usenix": _from_usenix,
    "mlr": _from_mlr,
    "iacr": lambda name: FromLink(None, int(name[:4])),
}

_PATHS: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"(?:neurips|nips)\.cc/(?:paper|paper_files/paper)/((?:19|20)\d\d)/"), "NeurIPS"),
    (re.compile(r"thecvf\.com/(?:content_|content/)?(CVPR|ICCV|WACV|ECCV|ACCV)W?_?((?:19"
                r"|20)\d\d)"), None),
    (re.compile(r"usenix\.org/(?:legacy/)?(?:system/files/conference|system/files|conference|events?|publications"
                r"/library/proceedings)/([a-z]+)(\d\d)[-/_]"), None),
    (re.compile(r"ijcai\.org/[Pp]roceedings/((?:19|20)\d\d)/"), "IJCAI"),
    (re.compile(r"mlsys\.org/(?:paper|paper_files/paper)/((?:19|20)\d\d)/"), "MLSys"),
)  # fmt: skip


def _from_path(url: str) -> FromLink:
    for pattern, venue in _PATHS:
        found = pattern.search(url)
        if not found:
            continue
        if pattern.groups == 1:
            return FromLink(venue, int(found[1]))
        name, digits = found[1], found[2]
        if len(digits) == 4:
            return FromLink(name, int(digits))
        if name in _USENIX:
            year = int(digits)
            return FromLink(_USENIX[name], 1900 + year if year > 60 else 2000 + year)
    if found := re.search(r"jmlr\.org/papers/v(\d{1,2})/", url):
        return FromLink("JMLR", 1999 + int(found[1]))
    return FromLink()
