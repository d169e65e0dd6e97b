"""Answers as a terminal shows them, and as JSON. Pure: lines of styled words, and dictionaries."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

from paperbot.paper import Paper
from paperbot.search.answer import Answer, Hit

Span = tuple[str, str]
"""A run of text and its style (a rich style, or empty)."""
Line = list[Span]

_BANDS = {
    "close": "",
    "loose": "Nothing matches closely; these are loosely related.",
    "nothing": "Nothing in the lists is close to that.",
}


def answer_lines(answer: Answer) -> list[Line]:
    """Lay out an answer."""
    lines: list[Line] = [[("Understood as: ", "dim"), (answer.understood, "dim")]]
    lines += [[(remark, "yellow")] for remark in answer.remarks]
    if not answer.hits and answer.confidence != "nothing":
        lines.append([("No paper passes these filters.", "yellow")])
    elif _BANDS[answer.confidence]:
        lines.append([(_BANDS[answer.confidence], "yellow")])
    for above, hit in answer.staged:
        if above:
            lines += [[], [(above, "bold cyan")]]
        lines += [[], *hit_lines(hit)]
    if answer.sections and answer.confidence == "nothing":
        lines += [[], [("Nearest sections:", "bold")]]
        lines += [[("  " + " > ".join(path), "")] for path in answer.sections]
    return lines


def hit_lines(hit: Hit) -> list[Line]:
    """Lay out one hit: title and facts, where it stands and its link, why."""
    paper = hit.paper
    lines: list[Line] = [
        [(f"{hit.rank:>2}. ", "bold cyan"), (paper.title, "bold"), (f"  {facts(paper)}", "")]
    ]
    where = " · ".join(" > ".join(path) for path in paper.sections if path)
    if where or paper.url:
        lines.append([("    " + " — ".join(filter(None, [where, paper.url])), "dim")])
    lines.append([("    why: ", "green"), (hit.because, "")])
    return lines


def facts(paper: Paper) -> str:
    """Tell year, venue, citations and stars; what is unknown is left out or said."""
    year = f"{paper.year}{'*' if paper.year_derived else ''}" if paper.year else "year unknown"
    known = [year, paper.venue]
    if paper.kind not in ("paper",):
        known.append(paper.kind)
    if paper.citations is not None:
        known.append(f"{paper.citations:,} citation" + ("" if paper.citations == 1 else "s"))
    else:
        known.append("citations unknown")
    return f"({' · '.join(filter(None, known))})" + " ★" * min(paper.stars, 1)


def paper_lines(paper: Paper) -> list[Line]:
    """Lay out all that is known of a paper: notes, links and where it stands."""
    lines: list[Line] = [[(paper.title, "bold"), (f"  {facts(paper)}", "")]]
    for name, values in (
        ("also called", paper.aliases),
        ("authors", paper.authors),
        ("labels", paper.labels),
        ("pages", (str(paper.pages),) if paper.pages else ()),
    ):
        if values:
            lines.append([(f"  {name}: ", "dim"), (", ".join(values), "")])
    for link in paper.links:
        lines.append([(f"  {link.role}: ", "dim"), (link.url, "")])
    for mention in paper.mentions:
        place = " > ".join(mention.section) or "no section"
        lines.append(
            [("  in ", "dim"), (f"{mention.file}:{mention.line}", ""), (f" · {place}", "")]
        )
    for note in paper.notes:
        lines.append([])
        if note.lent:
            lines.append([("  in plain words:", "dim")])
        lines += [[("  " + part.strip(), "")] for part in note.text.splitlines() if part.strip()]
    lines.append([(f"  id: {paper.id}", "dim")])
    return lines


def parts_lines(hit: Hit) -> list[Line]:
    """Lay out the parts of a score."""
    lines: list[Line] = [[(f"{hit.rank}. {hit.paper.title}", "bold")]]
    lines += [[(f"  {part.name:<10}", "dim"), (f"{part.value:+.3f}", "")] for part in hit.parts]
    return [*lines, [(f"  {'score':<10}", "bold"), (f"{hit.score:+.3f}", "bold")]]


def show(lines: Iterable[Line]) -> None:
    """Print lines to stdout: styled on a terminal, plain anywhere else."""
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        console = Console(highlight=False)
        for line in lines:
            console.print(Text.assemble(*line), soft_wrap=False)
        return
    for line in lines:
        print("".join(text for text, _ in line))  # noqa: T201


def path_json(path: Answer) -> dict[str, Any]:
    """Give a reading path as JSON."""
    return {
        "understood": path.understood,
        "confidence": path.confidence,
        "steps": [
            {"stage": hit.step.stage, "reason": hit.step.reason, **_hit_json(hit)}
            for hit in path.hits
            if hit.step
        ],
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """Give the documented, stable JSON form of an answer."""
    return {
        "question": answer.query.asked,
        "understood": answer.understood,
        "confidence": answer.confidence,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "sections": [list(path) for path in answer.sections],
        "remarks": list(answer.remarks),
        "took_ms": answer.took_ms,
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    paper = hit.paper
    return {
        "rank": hit.rank,
        "id": paper.id,
        "title": paper.title,
        "year": paper.year,
        "venue": paper.venue,
        "citations": paper.citations,
        "stars": paper.stars,
        "sections": [list(path) for path in paper.sections],
        "links": [{"role": link.role, "url": link.url} for link in paper.links],
        "score": hit.score,
        "parts": {part.name: part.value for part in hit.parts},
        "why": hit.why,
    }


def paper_json(paper: Paper) -> dict[str, Any]:
    """Give a paper as JSON: everything that is known of it."""
    from dataclasses import asdict

    record = asdict(paper)
    record["citations_as_of"] = paper.citations_as_of and paper.citations_as_of.isoformat()
    return record
