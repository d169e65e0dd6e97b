"""Groups of entries that are one work: union by identity keys, then by titles misspelt."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from paperbot.lists.identity import same_title, title_key
from paperbot.lists.text import fold
from paperbot.lists.values import Entry, Problem

BLOCK = 14
"""Letters at the start or end of a title that two wordings must share to be compared at all: one
slip leaves one end whole, and 14 letters keep the blocks of 20,000 titles small."""

NEIGHBOURS = 6
"""In a large block each title is compared with its next few in alphabetical order alone."""

FAR = 12
"""Slips between two keys beyond which the titles are not looked at: two misspelt words are four,
the rest is for small words that differ. It spares nearly all comparisons word by word."""

_NO_DIGITS = re.compile(r"\D+")


@dataclass(slots=True)
class Groups:
    """Groups of entry numbers, in the order of their first members."""

    members: list[list[int]]
    problems: list[Problem] = field(default_factory=list)


class _Union:
    """Union-find over entries that refuses to join works with different arXiv ids."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.parent = list(range(len(entries)))
        self.arxiv: list[frozenset[str] | None] = [
            frozenset(found) if (found := [k for k in e.keys if k.startswith("arxiv:")]) else None
            for e in entries
        ]
        self.authors: list[frozenset[str] | None] = [
            frozenset(fold(name).split()[-1] for name in e.authors if name.split())
            if len(e.authors) > 1
            else None
            for e in entries
        ]

    def root(self, at: int) -> int:
        parent = self.parent
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return
        self.parent[second] = first
        for known in (self.arxiv, self.authors):
            ours, theirs = known[first], known[second]
            known[first] = ours | theirs if ours and theirs else ours or theirs

    def conflict(self, one: int, other: int) -> bool:
        """Whether two works of one title have ids or authors that cannot be one work's."""
        first, second = self.root(one), self.root(other)
        if first == second:
            return False
        people, others = self.authors[first], self.authors[second]
        if people and others:
            return not people & others
        ours, theirs = self.arxiv[first], self.arxiv[second]
        return bool(ours and theirs and not ours & theirs)


def group_entries(entries: Sequence[Entry], aliases: Mapping[str, str]) -> Groups:
    """Entries grouped by work."""
    union = _Union(entries)
    problems: list[Problem] = []
    _by_identifier(entries, union, problems)
    titles = _by_title(entries, union)
    _by_core(entries, union, titles)
    _by_likeness(entries, union, titles)
    for one, other in sorted(aliases.items()):
        ends = titles.get("t:" + title_key(one)), titles.get("t:" + title_key(other))
        if ends[0] and ends[1]:
            union.join(ends[0][0], ends[1][0])
    groups: dict[int, list[int]] = {}
    for at in range(len(entries)):
        groups.setdefault(union.root(at), []).append(at)
    return Groups(list(groups.values()), problems)


def _by_identifier(entries: Sequence[Entry], union: _Union, problems: list[Problem]) -> None:
    """One identifier is one work, unless the titles have nothing in common: a wrong link."""
    seen: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        for key in entry.keys:
            if key[1] == ":":
                break
            holders = seen.setdefault(key, [])
            for holder in holders:
                if entries[holder].keys[-1] == entry.keys[-1] or _alike(entries[holder], entry):
                    union.join(holder, at)
                    break
            else:
                if holders:
                    first = entries[holders[0]]
                    problems.append(
                        Problem(
                            entry.file,
                            entry.line,
                            f"{key} is also the link of {first.file}:{first.line}, under another "
                            f"title: “{first.title[:60]}”",
                            "correct one of the two links",
                        )
                    )
                holders.append(at)


def _alike(one: Entry, other: Entry) -> bool:
    """Whether two titles of one identifier have words in common, as renamed works have."""
    first, second = _content(one.title), _content(other.title)
    if not first or not second:
        return True
    shared = len(first & second)
    return shared >= 0.3 * min(len(first), len(second)) or title_key(one.title) in title_key(
        other.title
    )


_STOP = {"with", "from", "using", "via", "towards", "based", "language", "models", "model", "large",
         "learning", "neural", "networks", "network", "deep"}  # fmt: skip


def _content(title: str) -> set[str]:
    return {w[:6] for w in re.findall(r"[^\W_]{3,}", fold(title)) if w not in _STOP}


def _by_title(entries: Sequence[Entry], union: _Union) -> dict[str, list[int]]:
    """One title is one work, unless ids or authors say otherwise."""
    titles: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        for key in entry.keys:
            if key[0] == "t" and key[1] == ":":
                holders = titles.setdefault(key, [])
                for holder in holders:
                    if not union.conflict(holder, at):
                        union.join(holder, at)
                        break
                else:
                    holders.append(at)
    return titles


def _by_core(entries: Sequence[Entry], union: _Union, titles: dict[str, list[int]]) -> None:
    """The same title with and without its nickname: "GPT3: Language Models are …"."""
    for at, entry in enumerate(entries):
        key = entry.keys[-1]
        if key[0] == "c" and key[1] == ":":
            for holder in titles.get("t:" + key[2:], ()):
                if not union.conflict(holder, at):
                    union.join(holder, at)
                    break


def _by_likeness(entries: Sequence[Entry], union: _Union, titles: dict[str, list[int]]) -> None:
    """Misspelt titles: those that share their beginning or end, and all digits, are compared."""
    blocks: dict[str, list[str]] = {}
    for key in titles:
        if len(key) > BLOCK + 6:
            # Other digits are another work (see ``sequel_marks``): no need to look at those.
            digits = _NO_DIGITS.sub("", key)
            blocks.setdefault(f"^{key[2 : 2 + BLOCK]} {digits}", []).append(key)
            blocks.setdefault(f"${key[-BLOCK:]} {digits}", []).append(key)
    for end, block in blocks.items():
        if len(block) < 2:
            continue
        block.sort(key=None if end[0] == "^" else lambda key: key[::-1])
        for at, key in enumerate(block):
            one = titles[key][0]
            for other in block[at + 1 : at + 1 + NEIGHBOURS]:
                if OSA.distance(key, other, score_cutoff=FAR) > FAR:
                    continue
                two = titles[other][0]
                if same_title(entries[one].title, entries[two].title) and not union.conflict(
                    one, two
                ):
                    union.join(one, two)
