"""How well questions are read: each row of its sets, field by field.

python -m benchmarks.phrasings.measure              both halves, in figures
python -m benchmarks.phrasings.measure --failures   and each failure of the development half
"""

from __future__ import annotations

import argparse
import csv
import os
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("HF_HUB_OFFLINE", "1")

from paperbot.search.answer import Query
from paperbot.search.followups import asks_for_more, is_courtesy, more_like, refine

HERE = Path(__file__).parent
THIS_YEAR = datetime.now(UTC).year
SMALL = frozenset(
    "a an the of to for on in at by with from and or is are do does how why what which it its their "
    "my as about into over that when".split()
)
Row = dict[str, str]
Read = Callable[[str], Query]
"""Reads a question, as ``Assistant.understand`` does."""

FIELDS = "topic since until kind not_kind venue starred wish min_citations count not intent sides"


def rows(name: str) -> list[Row]:
    """Read one of the files."""
    with (HERE / name).open(newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def wanted(row: Row) -> dict[str, object]:
    """Give what a row says must be understood, in the form of ``read``."""

    def year(said: str) -> int | None:
        if not said:
            return None
        return THIS_YEAR + int(said) if said.startswith("-") else int(said)

    def several(said: str) -> frozenset[str]:
        return frozenset(part.strip().casefold() for part in said.split("|") if part.strip())

    return {
        "topic": content(row["topic"]),
        "since": year(row["since"]),
        "until": year(row["until"]),
        "kind": row["kind"] or None,
        "not_kind": several(row["not_kind"]),
        "venue": several(row["venue"]),
        "starred": row["starred"] == "yes",
        "wish": several(row["wish"]),
        "min_citations": int(row["min_citations"]) if row["min_citations"] else None,
        "count": row["count"] or None,
        "not": several(row["not"]),
        "intent": row["intent"],
        "sides": several(row["sides"]),
    }


def read(query: Query) -> dict[str, object]:
    """Give what was understood, in the form of ``wanted``."""
    filters = query.filters
    wishes = {"recent": query.recent, "cited": query.cited}
    return {
        "topic": content(query.text),
        "since": filters.since,
        "until": filters.until,
        "kind": filters.kind,
        "not_kind": frozenset(filters.not_kinds),
        "venue": frozenset((filters.venue or "").casefold().split(" or ")) - {""},
        "starred": filters.starred,
        "wish": frozenset(name for name, is_wished in wishes.items() if is_wished),
        "min_citations": filters.min_citations,
        "count": str(query.count) if query.count else None,
        "not": frozenset(topic.casefold() for topic in filters.not_about),
        "intent": "search" if query.intent == "topic" else query.intent,
        "sides": frozenset(side.casefold() for side in query.sides),
    }


def content(text: str) -> tuple[str, ...]:
    """Give the words that must agree."""
    cleaned = "".join(c if c.isalnum() or c in "-'" else " " for c in text.casefold())
    return tuple(word for word in cleaned.split() if word not in SMALL)


def faults(row: Row, query: Query) -> list[str]:
    """Name the fields that were read otherwise than the row says."""
    right, found = wanted(row), read(query)
    wrong = [name for name in right if right[name] != found[name]]
    if "topic" in wrong and _one_more(right["topic"], found["topic"]):  # type: ignore[arg-type]
        wrong.remove("topic")
    if row["count"].startswith("<") and query.count and query.count < int(row["count"][1:]):
        wrong.remove("count")
    if "min_citations" in wrong and found["min_citations"] == int(row["min_citations"] or -9) + 1:
        wrong.remove("min_citations")
    return wrong


def _one_more(right: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Tell whether a topic was read with one word more, which does no harm to a search."""
    rest = iter(found)
    return len(found) <= len(right) + 1 and all(word in rest for word in right)


def question_faults(row: Row, read: Read) -> list[str]:
    """Read one question."""
    return faults(row, read(row["question"]))


def follow_up_faults(row: Row, read: Read) -> list[str]:
    """Read one follow-up."""
    said = row["followup"]
    before = read(row["previous"])
    action = row["action"]
    if (rank := more_like(said, before.count or 5)) is not None:
        return [] if action == "like" and str(rank) == row["like"] else ["action"]
    if is_courtesy(said):
        return [] if action == "none" else ["action"]
    if asks_for_more(said):
        return [] if action == "next" else ["action"]
    after = refine(before, said, this_year=THIS_YEAR)
    if after is None:
        fresh = read(said)
        return faults(row, fresh) if action == "new" else ["action"]
    return faults(row, after) if action == "refine" else ["action"]


def likeness_faults(row: Row, read: Read, identify: Callable[[str], int | None]) -> list[str]:
    """Read a question that may ask for papers like one; ``identify`` finds who is called so."""
    query = read(row["question"])
    if row["intent"] != "similar":
        return ["intent"] if query.intent == "similar" else []
    if query.intent != "similar":
        return ["intent"]
    return [] if identify(query.text) == identify(row["paper"]) else ["paper"]


def newcomer_faults(row: Row, read: Read) -> list[str]:
    """Read a question that may be a newcomer's; its topic must be told from the rest by half."""
    query = read(row["question"])
    wrong = [] if (query.intent == "path") == (row["intent"] == "path") else ["intent"]
    right, found = set(content(row["topic"])), set(content(query.text))
    if 2 * len(right & found) < len(right | found) and row["intent"] == "path":
        wrong.append("topic")
    return wrong


def report(name: str, check: Callable[[Row], list[str]], *, failures: bool) -> dict[str, float]:
    """Print a file's figures; gives the share of each half that was read without a fault."""
    right: dict[str, list[bool]] = defaultdict(list)
    fields: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows(name):
        wrong = check(row)
        half = row.get("half", "dev")
        right[half].append(not wrong)
        for field in wrong:
            fields[half][field] += 1
        if wrong and failures and half == "dev":
            print(row["id"], row.get("followup") or row["question"], "→", ", ".join(wrong))
    for half, found in right.items():
        misread = ", ".join(f"{k} {v}" for k, v in sorted(fields[half].items()))
        print(f"{name} {half}: {sum(found)} of {len(found)} read right; misread: {misread or '–'}")
    return {half: sum(found) / len(found) for half, found in right.items()}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--failures", action="store_true")
    args = parser.parse_args()
    from paperbot import Assistant, Settings

    assistant = Assistant.open(Settings.load())
    read = assistant.understand

    identify = assistant._snapshot().catalogue.row_of
    for name in ("phrasings.tsv", "fresh.tsv"):
        report(name, lambda row: question_faults(row, read), failures=args.failures)
    for name in ("followups.tsv", "fresh_followups.tsv"):
        report(name, lambda row: follow_up_faults(row, read), failures=args.failures)
    report("likeness.tsv", lambda row: likeness_faults(row, read, identify), failures=args.failures)
    report("newcomers.tsv", lambda row: newcomer_faults(row, read), failures=args.failures)


if __name__ == "__main__":
    main()
