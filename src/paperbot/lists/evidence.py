"""What sort of thing an entry is: title words, link roles, tags and section headings tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from paperbot.lists.draft import Draft
from paperbot.lists.links import host_role, identifier
from paperbot.paper import Kind, SectionPath

_SURVEY = re.compile(
    r"\bsurveys?\b(?! data| design| response)|\boverview\b"
    r"|\b(?:systematic|literature|comprehensive|scoping|critical|short|brief|mini|topical|recent"
    r"|technical|tutorial|state-of-the-art)[- ](?:\w+ ){0,2}review\b"
    r"|[:,-] (?:an? )?(?:\w+ ){0,3}review\b|\breview (?:of|on)\b|\ba review\b|\breview$"
    r"|\bprimer\b|\bposition paper and\b|\btaxonomy (?:of|and)\b|\bstate of the art\b",
    re.I,
)
_NOT_SURVEY = re.compile(
    r"\b(?:code|peer|paper|product|movie|user) reviews?\b|\breviewers?\b", re.I
)
_THESIS = re.compile(r"\b(?:ph\.?d\.?|doctoral|master'?s?) thesis\b|\bdissertation\b", re.I)

_SECTION_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), kind)
    for words, kind in (
        (r"books?|textbooks?", "book"),
        (r"courses?|lectures?|classes|tutorials?|summer schools?|lessons|moocs?", "course"),
        (r"blogs?|blog ?posts?|posts?|articles?|newsletters?|great thoughts|threads?|essays?"
         r"|podcasts?|news|wiki|reading material", "blog"),
        (r"videos?|talks?|keynotes?|youtube|screencasts?|recordings?", "video"),
        (r"tools?|tooling|toolkits?|toolbox(?:es)?|librar(?:y|ies)|frameworks?|softwares?|codebases?"
         r"|implementations?|packages?|repos|repositor(?:y|ies)|open[- ]?source projects?|projects"
         r"|platforms?|apps?|products?|deployment|demos?|fuzzers|simulators?", "tool"),
        (r"data ?sets?|corpora|corpus|data|benchmarks?", "dataset"),
        (r"people|persons?|researchers?|groups?|labs?|conferences?|workshops?|communit(?:y|ies)"
         r"|organi[sz]ations?|compan(?:y|ies)|leaderboards?|(?:other|related|similar|awesome) (?:\w+ )?"
         r"(?:lists?|resources?|repos(?:itories)?|surveys and lists)|resources?|links|miscellaneous|misc|competitions?"
         r"|challenges|jobs|venues|journals?|lists of|models?|llms?|checkpoints|milestones?", "other"),
    )
)  # fmt: skip
_PAPERS_SECTION = re.compile(
    r"\bpapers?\b|\bpublications?\b|\bsurveys?\b|\breviews?\b|\bpreprints?\b|\bliterature\b"
    r"|\bresearch\b|\btheses\b|\barxiv\b",
    re.I,
)

FURNITURE = re.compile(
    r"^\W*(?:table of contents?|contents?|toc|index|outline|catalog(?:ue)?|contribut\w*"
    r"|how to (?:contribute|cite|use|submit|add)\b.*"
    r"|citation|citing|cite(?: us)?|bibtex|licen[sc]es?|star(?:chart| history)?|acknowledge?ments?"
    r"|change ?log|maintainers?|authors?|contact(?: us)?|credits?|disclaimer|sponsors?|support(?: us)?"
    r"|updates?|(?:latest )?news|todo|to-do|roadmap|navigation|quick links?|menu|stargazers"
    r"|.*pull requests?.*|legend|badges?|markdown format|format|reference format|overview of contents"
    r"|(?:recent )?updates?|what'?s new|welcome.*|want to help.*|please .*)\W*$",
    re.I,
)
"""Headings under which a list keeps house: no entries stand there."""


def is_survey(title: str) -> bool:
    """Whether a title says that the work is a survey, review or overview."""
    return bool(_SURVEY.search(title)) and not _NOT_SURVEY.search(title)


def section_kind(section: SectionPath) -> Kind | None:
    """What the headings over an entry promise; the innermost that says something decides."""
    for heading in reversed(section[1:] if len(section) > 1 else section):
        if _PAPERS_SECTION.search(heading):
            return "paper"
        for pattern, kind in _SECTION_KINDS:
            if pattern.search(heading):
                return kind
    return None


def weight(draft: Draft) -> int:
    """How much speaks for a paper: 0 nothing, 1 hints, 2 good signs, 3 it is one."""
    if any(identifier(link.url) for link in draft.links):
        return 3
    if draft.citations is not None or draft.pages is not None or draft.tagged:
        return 3
    roles = {link.role for link in draft.links}
    hosted = any(host_role(link.url) in ("paper", "pdf") for link in draft.links)
    if hosted or "paper" in roles or (draft.venue and (draft.year or draft.authors)):
        return 2
    if "pdf" in roles or draft.venue or (draft.authors and draft.year) or draft.quoted:
        return 2 if draft.authors or draft.year else 1
    return 1 if draft.authors or draft.year else 0


_BY_ROLE: tuple[tuple[str, Kind], ...] = (
    ("code", "tool"), ("video", "video"), ("slides", "video"), ("blog", "blog"), ("data", "dataset"),
)  # fmt: skip


def kind_of(draft: Draft, section: SectionPath) -> tuple[Kind, bool]:
    """The kind, and whether the evidence leaves no doubt of it."""
    if draft.kind is not None and draft.kind != "paper":
        return draft.kind, True
    speaks = weight(draft)
    promised = section_kind(section)
    if _THESIS.search(draft.title):
        return "thesis", True
    strong = speaks >= 3 or (speaks == 2 and promised not in ("book", "course", "video", "blog"))
    if strong or (promised == "paper" and speaks >= 1) or draft.kind == "paper":
        return ("survey" if is_survey(draft.title) else "paper"), True
    return _lesser_kind(draft, promised)


def _lesser_kind(draft: Draft, promised: Kind | None) -> tuple[Kind, bool]:
    """The kind where little speaks for a paper."""
    roles = [link.role for link in draft.links]
    if promised not in (None, "paper"):
        return promised, True  # type: ignore[return-value]
    for role, kind in _BY_ROLE:
        if roles and roles[0] == role:
            return kind, promised is None
    if not roles or promised == "paper":
        return ("survey" if is_survey(draft.title) else "paper"), False
    return "other", promised is None and roles[0] not in ("project", "other")


def settle(kinds: Sequence[tuple[Kind, bool]]) -> list[tuple[Kind, bool]]:
    """Entries in doubt follow the sure ones of their own section, when most of those agree."""
    sure = [kind for kind, certain in kinds if certain]
    if not sure:
        return list(kinds)
    papers = sum(kind in ("paper", "survey") for kind in sure)
    if papers < 0.6 * len(sure):
        return list(kinds)
    return [(kind, certain) if certain else _as_paper(kind) for kind, certain in kinds]


def _as_paper(kind: Kind) -> tuple[Kind, bool]:
    return (kind, False) if kind not in ("other",) else ("paper", False)
