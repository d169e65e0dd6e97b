"""Venues in a question: "from OSDI", "at ICML or NeurIPS", "ICLR'23"."""

from __future__ import annotations

import re
from functools import lru_cache

from paperbot.search.answer import Query
from paperbot.search.rules import YEAR, Apply, Match, Rule, any_of, change, rule, said

# Venues that are asked for by name though no list may hold a paper of theirs.
USUAL = (
    "AAAI ACL ASPLOS ATC COLM CVPR ECCV EMNLP EuroSys HPCA ICCV ICLR ICML IJCAI INFOCOM ISCA JMLR "
    "KDD MICRO MLSys NAACL NeurIPS NSDI OSDI PLDI PPoPP SIGCOMM SIGMOD SoCC SOSP TMLR USENIX VLDB"
).split()
_OTHER_NAMES = {"nips": "NeurIPS", "neurips": "NeurIPS"}

# Venues that are words too: believed behind a preposition alone.
_PLAIN_WORDS = frozenset(
    {"fast", "micro", "atc", "nature", "science", "cell", "distill", "patterns"}
)


@lru_cache(maxsize=8)
def venue_rules(venues: frozenset[str]) -> tuple[Rule, ...]:
    """Make the rules for the usual venues and those that the lists know."""
    names = {name.casefold(): name for name in (*USUAL, *venues)} | _OTHER_NAMES
    every = any_of(names)
    bare = any_of(name for name in names if name not in _PLAIN_WORDS and " " not in name)
    joined = r"(?:,| or| and|/) ?(?:the )?"
    several = rf"(?:{every})(?:{joined}(?:{every})(?![\w-]))*"
    several_bare = rf"(?:{bare})(?:{joined}(?:{bare})(?![\w-]))*"
    apply = _venues(names, every)
    return (
        rule(apply, rf"what (?:did|does|do) ({several}) (?:have|publish|bring)(?: on| about)?"),
        rule(_edition(names), rf"(?:(?:from|at|in|by) )?(?:the )?({bare}) ?'?(\d\d)(?= |$)"),
        rule(apply,
             r"(?:(?:which|that) (?:were |was |are )?)?"
             r"(?:(?:published|presented|appeared|anything|papers?|accepted) )?"
             r"(?:from|at|in|by|of) (?:the )?(?:proceedings of (?:the )?)?"
             rf"({several})(?: conference| proceedings| papers?)?"),
        rule(apply, rf"\(({several})\)", inside=True),
        # "OSDI papers on serving", "acl 2023 prompt compression", "HPCA accelerators"
        rule(apply,
             rf"(?:only )?({several_bare})(?= (?:papers?|work|works|articles?|{YEAR})\b)",
             rf"({several_bare}) only|only ({several_bare})",
             rf"(?:^|(?<=, ))({several_bare})(?=,| *$)",
             rf"^({several_bare})(?=[:,]? [a-z])"),
    )  # fmt: skip


def _venues(names: dict[str, str], every: str) -> Apply:
    def apply(query: Query, match: Match, _: int) -> Query:
        found = re.findall(rf"(?<![\w-])(?:{every})(?![\w-])", said(match), re.IGNORECASE)
        venues = dict.fromkeys(names[name.casefold()] for name in found)
        return change(query, venue=" or ".join(venues))

    return apply


def _edition(names: dict[str, str]) -> Apply:
    def apply(query: Query, match: Match, this_year: int) -> Query:
        year = 2000 + int(match[2])
        if year > this_year + 1:
            return query
        return change(query, venue=names[match[1].casefold()], since=year, until=year)

    return apply
