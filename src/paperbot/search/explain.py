"""Why a paper is an answer, in one human line; and how a question was understood, in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from paperbot.indexing.text import words
from paperbot.paper import Paper
from paperbot.search import weights
from paperbot.search.answer import Part, Query

# A concept is a reason where it gives this much, and less than half of the question's words are
# found: words are plainer to check.
LEAST_BRIDGE = 0.15

# A paper is said to be early work where it has this share of what the very first would have.
EARLY_WORK = 0.6

# What speaks for a paper to someone who starts.
A_SURVEY, RECOMMENDED = "a survey to begin with", "recommended to beginners"

# A passage of a note is quoted no longer than this.
LONGEST_QUOTE = 90


@dataclass(frozen=True, slots=True)
class Matches:
    """What of a question a paper matched: words of head, notes and summary, its name, a passage.

    ``lent`` tells that the passage is of the paper's summary, not of a note of the lists.
    ``like`` is the paper that the question names or that others are to be like.
    """

    head: tuple[str, ...]
    note: tuple[str, ...]
    summary: tuple[str, ...]
    name: bool
    passage: str | None
    lent: bool
    concept: str | None
    like: str | None = None


def why(paper: Paper, parts: Sequence[Part], matches: Matches) -> str:
    """Tell the strongest evidence first, then stars and citations where they counted."""
    value = {part.name: part.value for part in parts}
    reasons = [_relevance(paper, value, matches)]
    if paper.stars:
        reasons.append("starred" if paper.stars == 1 else f"starred in {paper.stars} lists")
    if value.get("citations", 0) > 0 and paper.citations is not None:
        reasons.append(_citations(paper))
    if value.get("survey", 0) > weights.SURVEY / 2:
        reasons.append(A_SURVEY)
    if value.get("for beginners", 0) > 0:
        reasons.append(RECOMMENDED)
    if value.get("early", 0) > EARLY_WORK * weights.EARLY and paper.year:
        reasons.append(f"early work, from {paper.year}")
    if value.get("recent", 0) > 0 and paper.year:
        reasons.append(f"from {paper.year}")
    return "; ".join(reasons)


def _relevance(paper: Paper, value: Mapping[str, float], matches: Matches) -> str:
    if matches.name:
        return "is the paper you named"
    only_note = [word for word in matches.note if word not in matches.head]
    bridge, found = value.get("bridge", 0.0), value.get("words", 0.0)
    by_concept = matches.concept and bridge > LEAST_BRIDGE and found < weights.WORDS / 2
    only_summary = [word for word in matches.summary if word not in matches.head]
    told = only_summary if matches.lent else only_note
    noted = matches.passage and (told or not matches.head)
    if matches.passage and noted and not (by_concept and bridge > value.get("meaning", 0.0)):
        whose = "in plain words" if matches.lent else "matches the note"
        return f"{whose}: {_quote(matches.passage)}"
    in_title = _words_of((paper.title, *paper.aliases))
    headed = [
        word
        for word in matches.head
        if not _stands_in(word, in_title)
        and any(_stands_in(word, _words_of(path)) for path in paper.sections)
    ]
    # What stands in neither is matched in another form ("llm" by "large language model"), as a name
    # or as a label.
    titled = [word for word in matches.head if word not in headed]
    if by_concept:
        if matches.like:
            return f"like {matches.like}, close to {matches.concept}"
        return f"close to {matches.concept}, which your words describe"
    if titled and headed:
        return f"matches *{' '.join(titled)}* and its section {_section(paper, headed)}"
    if titled:
        return f"matches *{' '.join(titled)}*"
    if headed:
        return f"stands under {_section(paper, headed)}"
    if only_note:
        return f"its note speaks of *{' '.join(only_note)}*"
    if only_summary:
        return f"its summary speaks of *{' '.join(only_summary)}*"
    if matches.like:
        return f"close in meaning to {matches.like}"
    # Without a topic ("starred papers") nothing is near in meaning.
    return "close in meaning to the question" if "meaning" in value else "passes the filters"


# A page asks this of each of its papers; the same papers and headings come again and again.
@lru_cache(maxsize=4_096)
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words(" ".join(texts)))


def _stands_in(word: str, title: frozenset[str]) -> bool:
    """Tell whether a word, or another form of it, is a word of the title."""
    stem = word[: max(4, len(word) - 3)]
    return word in title or any(other.startswith(stem) for other in title)


def _section(paper: Paper, found: Sequence[str]) -> str:
    """Give the first section of a paper that one of these words, which its headings hold, is in."""
    return next(
        path[-1]
        for path in paper.sections
        if any(_stands_in(word, _words_of(path)) for word in found)
    )


def _citations(paper: Paper) -> str:
    count = f"{paper.citations:,} citation" + ("" if paper.citations == 1 else "s")
    if paper.citations_as_of and paper.year:
        age = max(1, paper.citations_as_of.year - paper.year)
        return count + (" in its first year" if age == 1 else f" in {age} years")
    return count


def _quote(passage: str) -> str:
    if len(passage) <= LONGEST_QUOTE:
        return passage
    return passage[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def understood(query: Query, repaired: Mapping[str, str]) -> str:
    """Tell in one line how a question was read: topic, filters, spelling mended."""
    filters = query.filters
    says = [_short(query.text) or "anything"]
    if query.sides:
        says = [" vs ".join(query.sides) + (f" for {query.text}" if query.text else "")]
    if query.intent == "similar":
        says[0] = f"similar to {says[0]}"
    if filters.since and filters.since == filters.until:
        says.append(f"in {filters.since}")
    else:
        says += [f"since {filters.since}"] if filters.since else []
        says += [f"until {filters.until}"] if filters.until else []
    says += [f"only {filters.kind}s"] if filters.kind else []
    says += [f"no {kind}s" for kind in filters.not_kinds]
    says += [f"from {filters.venue}"] if filters.venue else []
    says += [f"in section {filters.section}"] if filters.section else []
    says += ["to start with"] if query.intent == "path" else []
    says += ["starred"] if filters.starred else []
    if filters.min_citations is not None:
        says.append(f"at least {filters.min_citations} citations")
    if filters.max_citations is not None:
        says.append(f"at most {filters.max_citations} citations")
    says += [f"not from {year}" for year in filters.not_years]
    says += ["highly cited first"] if query.cited else []
    says += ["recent first"] if query.recent else []
    says += [f"not about {topic}" for topic in filters.not_about]
    says += [f"{query.count} papers"] if query.count else []
    says += [f"read “{wrong}” as “{right}”" for wrong, right in repaired.items()]
    return " · ".join(says)


def _short(text: str) -> str:
    return text if len(text) <= 120 else text[:117].rstrip() + "…"
