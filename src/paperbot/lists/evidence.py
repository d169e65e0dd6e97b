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

_AT_END = r"(?=\W*(?:$|[,&/(:;|+–—]|(?:and|for|of|in|on|from|to|by|with|about|related|or)\b))"
"""A heading promises a kind by its main noun: "Fuzzing Tools", not "Tool Learning"."""

_SECTION_WORDS: tuple[tuple[str, Kind], ...] = (
        (r"books?|textbooks?", "book"),
        (r"courses?|lectures?|classes|tutorials?|summer schools?|lessons|moocs?", "course"),
        (r"blogs?|blog ?posts?|posts?|articles?|newsletters?|great thoughts|threads?|essays?"
         r"|podcasts?|news|wiki|reading material", "blog"),
        (r"videos?|talks?|keynotes?|youtube|screencasts?|recordings?", "video"),
        (r"tools?|tooling|toolkits?|toolbox(?:es)?|librar(?:y|ies)|frameworks?|softwares?|codebases?"
         r"|implementations?|packages?|repos|repositor(?:y|ies)|open[- ]?source projects?|projects"
         r"|platforms?|apps?|products?|deployment|demos?|fuzzers|simulators?", "tool"),
        (r"data ?sets?|corpora|corpus|benchmarks?", "dataset"),
        (r"people|persons?|researchers?|groups?|labs?|conferences?|workshops?|communit(?:y|ies)"
         r"|organi[sz]ations?|compan(?:y|ies)|leaderboards?|(?:other|related|similar"
         r"|awesome) (?:\w+ )?"
         r"(?:lists?|resources?|repos(?:itories)?|surveys and lists)|resources?|links"
         r"|miscellaneous|misc|competitions?"
         r"|challenges|jobs|venues|journals?|checkpoints", "other"),
)  # fmt: skip

_SECTION_KINDS: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b{_AT_END}", re.I), kind) for words, kind in _SECTION_WORDS
)
_PAPERS_SECTION = re.compile(
    r"\bpapers?\b|\bpublications?\b|\bsurveys?\b|\breviews?\b|\bpreprints?\b|\bliterature\b"
    r"|\bresearch\b|\btheses\b|\barxiv\b",
    re.I,
)

FURNITURE = re.compile(
    r"^\W*(?:table of contents?|contents?|toc|index|outline|catalog(?:ue)?|contribut\w*"
    r"|how to (?:contribute|cite|use|submit|add)\b.*"
    r"|citation|citing|cite(?: us)?|bibtex|licen[sc]es?|star(?:chart| history)?|acknowledge?ments?"
    r"|change ?log|maintainers?|authors?|contact(?: us)?|credits?|disclaimer|sponsors?"
    r"|support(?: us)?"
    r"|updates?|(?:latest )?news|todo|to-do|roadmap|navigation|quick links?|menu|stargazers"
    r"|.*pull requests?.*|legend|badges?|markdown format|format|reference format"
    r"|overview of contents|for adding.*|(?:awesome )?(?:list |selection |inclusion )*criteria|(?:\w+ )?guidelines?"
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
    counted = draft.citations is not None or draft.pages is not None or draft.tagged
    if counted or any(identifier(link.url) and link.role in _OWN for link in draft.links):
        return 3
    said = sum((draft.venue is not None, bool(draft.authors), draft.year is not None))
    own = [link for link in draft.links if link.role in _OWN]
    if any(host_role(link.url) in ("paper", "pdf") for link in own):
        return 2
    if _leads_away(draft):
        return 1 if said else 0
    if said >= 2 or (draft.venue is not None and not draft.year_derived):
        return 2
    if any(link.role in ("paper", "pdf") and not _BLOGGISH.search(link.url) for link in own):
        return 2 if said or _PUBLICATION.search(" ".join(link.url for link in own)) else 1
    return 1 if said else 0


_OWN = ("paper", "pdf", "other", "project")
"""Roles of links that can lead to the work itself."""

_PUBLICATION = re.compile(
    r"(?i)publication|/papers?/|/pubs?/|proceedings|/abs/|\.pdf\b|/doi/|/article"
)
_BLOGGISH = re.compile(
    r"(?i)//(?:[\w-]+\.)*(?:eng|engineering|tech|techblog|blog|blogs|developers?|dev|news|medium|\w*blog"
    r"|\w*engineering|labs?|deepmind|podcasts?)\.[\w.-]+|blog|engineering|/news/|/posts?/|/stor(?:y|ies)/"
    r"|/(?:19|20)\d\d/[01]?\d/|podcast|/articles?/(?!\d)|\.(?:engineering|blog|news)/|/wiki/"
)


def _leads_away(draft: Draft) -> bool:
    """Whether the title's own link leads to code, a video or a blog."""
    return any(link.url == draft.own and link.role not in _OWN for link in draft.links)


def _is_away(draft: Draft) -> bool:
    """Whether the first link leads to code, a video or a blog."""
    return bool(draft.links) and draft.links[0].role not in _OWN


_BY_ROLE: tuple[tuple[str, Kind], ...] = (
    ("code", "tool"),
    ("video", "video"),
    ("slides", "video"),
    ("blog", "blog"),
    ("data", "dataset"),
)


def kind_of(draft: Draft, section: SectionPath) -> tuple[Kind, bool]:
    """The kind, and whether the evidence leaves no doubt of it."""
    if draft.kind is not None and draft.kind != "paper":
        return draft.kind, True
    if _THESIS.search(draft.title):
        return "thesis", True
    if _is_paper(draft, section_kind(section)):
        return ("survey" if is_survey(draft.title) else "paper"), True
    return _lesser_kind(draft, section_kind(section))


def _is_paper(draft: Draft, promised: Kind | None) -> bool:
    speaks = weight(draft)
    if draft.kind == "paper":
        return True
    if promised in ("course", "book", "video"):
        if _cited_only(draft):
            return True
        own = bool(draft.links) and draft.links[0].role in _OWN
        return own and (speaks >= 3 or (bool(draft.authors) and draft.venue is not None))
    if speaks >= 3 or (promised == "paper" and speaks >= 1):
        return True
    if speaks == 2 and promised in ("blog", "tool", "other"):
        hosted = any(host_role(link.url) in ("paper", "pdf") for link in draft.links)
        return hosted or (draft.venue is not None and not _is_away(draft))
    return speaks == 2


def _cited_only(draft: Draft) -> bool:
    """Whether venue and year stand beside a title that leads nowhere, or to its code alone."""
    told = draft.venue is not None and draft.year is not None and not draft.year_derived
    return told and all(link.role in ("code", "data") for link in draft.links)


def _lesser_kind(draft: Draft, promised: Kind | None) -> tuple[Kind, bool]:
    """The kind where little speaks for a paper."""
    role = draft.links[0].role if draft.links else None
    if promised is not None and promised != "paper":
        return promised, True
    for named, kind in _BY_ROLE:
        if role == named:
            return kind, True
    if role is None:
        return ("survey" if is_survey(draft.title) else "paper"), False
    if _BLOGGISH.search(draft.links[0].url):
        return "blog", True
    return "other", promised is None and role == "project"


MOSTLY = 0.75
"""Share of the sure entries of a section that must be papers for one in doubt to follow them."""


def settle(kinds: Sequence[tuple[Kind, bool]]) -> list[tuple[Kind, bool]]:
    """Entries in doubt follow the sure ones of their own section, when most of those agree."""
    sure = [kind for kind, certain in kinds if certain]
    papers = sum(kind in ("paper", "survey") for kind in sure)
    if not sure or papers < MOSTLY * len(sure):
        return [(kind, certain or (bool(sure) and kind == "other")) for kind, certain in kinds]
    return [("paper" if kind == "other" and not c else kind, c) for kind, c in kinds]
