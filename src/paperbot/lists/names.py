"""Lists of people: "Mildenhall et al.", "Sculley, D., and G. Holt", "Jane Doe, Ann Li"."""

from __future__ import annotations

import re
from functools import lru_cache

from paperbot.lists.text import squeeze
from paperbot.lists.venues import is_known

_PARTICLE = r"(?:van|von|de|der|den|del|della|di|da|dos|la|le|el|al|bin|ibn|ten|ter|zu|af|y)"
_WORD = r"(?:[^\W\d_a-z]|[dO]['’])[^\W\d_]*(?:['’.\-‐][^\W\d_]*)*\.?"
_NAME = re.compile(rf"(?:{_PARTICLE}\s+)*{_WORD}(?:\s+(?:{_PARTICLE}\s+)*{_WORD}){{0,4}}")
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.?[\s-]*){1,4}")
_SPLIT = re.compile(r"\s*(?:;|,|\band\b|&)\s*")
_ET_AL = re.compile(r",?\s*\bet\.?\s*al\b\.?\*?|,?\s*\band others\b|,?\s*\.\.\.$|,?\s*…$", re.I)
_AFFIX = re.compile(
    r"[*∗†‡§¶#¹²³⁴⁵⁰]+|\((?:\*[^)]*|[^)]*contribution[^)]*)\)|\^\d|(?<=[a-z])\d(?:,\d)*"
)
_COMMON = {
    "the", "a", "an", "of", "for", "with", "in", "on", "learning", "network", "networks", "deep",
    "neural", "model", "models", "language", "data", "system", "systems", "using", "towards",
    "toward", "survey", "review", "large", "via", "from", "by", "efficient", "training",
    "attention",
    "paper", "code", "analysis", "method", "methods", "inference", "graph", "generation", "image",
    "video", "machine", "fast", "scalable", "distributed", "programming", "software", "testing",
    "theory", "introduction", "computing", "blog", "conference", "workshop", "journal",
    "proceedings", "findings", "university", "department", "institute", "research", "group",
    "science", "nature", "transactions", "symposium", "letters", "international", "nlp", "llm",
    "llms", "gan", "rl", "ai", "ml", "robotics", "security", "press", "google",
    "microsoft", "deepmind", "meta", "openai", "reviews", "communications", "best", "award",
    "spotlight", "oral", "poster", "fuzzing", "diffusion", "transformer", "transformers", "vision",
    "scaling", "optimization", "detection", "reasoning", "prompting", "knowledge", "reading",
    "techniques", "studies", "study", "case", "definition", "definitions", "motivation",
    "applications", "application", "challenges", "opportunities", "evaluation", "design",
    "implementation", "principles", "practice", "perspectives", "progress", "prospects", "trends",
    "directions", "future", "benchmarks", "datasets", "architectures", "architecture", "algorithms",
    "approaches", "overview", "taxonomy", "issues", "solutions", "problems", "results", "lessons",
    "foundations", "concepts", "advances", "limitations", "risks", "privacy",
    "object", "objects", "activity", "recognition", "visual", "segmentation", "classification",
    "semantic", "structural", "ambiguity", "lexical", "relations", "computational", "linguistics",
    "parsing", "translation", "representation", "representations", "retrieval", "planning", "control",
    "computer", "statistical", "probabilistic", "bayesian", "adaptive", "dynamic", "database",
    "databases", "query", "index", "memory", "storage", "cloud", "parallel", "concurrent", "secure",
    "robust", "robot", "robots", "manipulation", "navigation", "agents", "agent", "human", "social",
    "web", "search", "engineering", "development", "management", "process", "processes", "processing",
    "information", "technology", "technologies", "communication", "network-based", "simulation",
    "interaction", "interactive", "interfaces", "interface", "languages", "logic", "compiler",
    "compilers", "types", "verification", "formal", "methodology", "frameworks", "framework",
    "sparse", "dense", "convolutional", "recurrent", "adversarial",
    "generative", "contrastive", "unsupervised", "supervised", "self-supervised", "multimodal",
    "cell", "cells", "single-cell", "gene", "genes", "protein", "proteins", "genomics", "biology",
    "medicine", "medical", "clinical", "health", "quantum", "random", "linear", "convex", "matrix",
}  # fmt: skip
"""Words that are titles' or venues', hardly ever people's."""


@lru_cache(maxsize=16384)
def read_authors(text: str) -> tuple[str, ...]:
    """The people that a text names, or nothing where it is no list of people."""
    text = squeeze(_AFFIX.sub("", text)).strip(" .,;:-–|*_()")
    text = re.sub(r"^(?:by|authors?:?)\s+", "", text, flags=re.I)
    if not text or len(text) > 3000 or re.search(r"[?!\"“”/\\=<>]|https?:", text):
        return ()
    many = bool(_ET_AL.search(text))
    if bibtex := _bibtex(text):
        return bibtex
    parts = [part for part in _SPLIT.split(_ET_AL.sub("", text).strip(" .,;")) if part]
    if not parts or any(re.search(r"\d", part) for part in parts):
        return ()
    good = [part for part in parts if _is_name(part)]
    if len(good) < len(parts) and (len(parts) < 4 or len(good) < 0.8 * len(parts)):
        return ()
    if len(parts) == 1 and not many and not _is_full_name(parts[0]):
        return ()
    return tuple(_paired([part for part in parts if not is_known(part)], commas="," in text))


def _bibtex(text: str) -> tuple[str, ...]:
    """``Battaglia, Peter W and Hamrick, Jessica B and others``, or nothing."""
    parts = [part.split(",") for part in text.split(" and ") if part != "others"]
    if len(parts) < 2 or any(len(part) != 2 for part in parts):
        return ()
    people = [(family.strip(), given.strip()) for family, given in parts]
    if not all(_is_name(family) and _is_name(given) for family, given in people):
        return ()
    return tuple(f"{given} {family}" for family, given in people)


def _is_name(part: str) -> bool:
    if not _NAME.fullmatch(part) and not _INITIALS.fullmatch(part):
        return False
    return not any(
        word.lower().strip(".") in _COMMON for word in part.split() if not word.endswith(".")
    )


def _is_full_name(part: str) -> bool:
    """Two to four words, of which at most the middle ones are short or initials."""
    words = part.split()
    if re.fullmatch(r"(?:[A-Z]\.[ -]?){1,3} ?[A-Z][\w'’-]+", part):
        return True
    return 2 <= len(words) <= 4 and all(len(word) > 1 for word in words) and _is_name(part)


def _paired(parts: list[str], *, commas: bool) -> list[str]:
    """The people; initials after a comma go back to their family name: "Sculley, D."."""
    if commas and _is_inverted(parts):
        parts = [f"{parts[1]} {parts[0]}", *parts[2:]]
    people: list[str] = []
    for part in parts:
        if (
            people
            and _INITIALS.fullmatch(part)
            and ("." in part or len(part) == 1)
            and " " not in people[-1]
        ):
            people[-1] = f"{part} {people[-1]}"
        else:
            people.append(part)
    return people


def _is_inverted(parts: list[str]) -> bool:
    """Whether the first name alone is turned round: "Hinton, Geoffrey E., Simon Osindero"."""
    if len(parts) < 2 or " " in parts[0] or "." in parts[0]:
        return False
    given = parts[1].split()
    plain = len(given) == 1 or all(len(word.strip(".")) == 1 for word in given[1:])
    return plain and (len(parts) == 2 or all(" " in part for part in parts[2:]))


_CITED = re.compile(
    r"(?P<people>.{2,160}?)[,.]?\s*(?P<open>[(\[])?(?P<year>(?:19|20)\d\d)[a-z]?"
    r"(?:,? [A-Z][a-z]{2,8}\.?(?: \d\d?)?)?[)\]]?$"
)


@lru_cache(maxsize=8192)
def read_cited(text: str) -> tuple[tuple[str, ...], int] | None:
    """People and year of a citation, as ``Knuth (1970)`` or ``Smith et al., 2010``, else None."""
    found = _CITED.fullmatch(squeeze(text).strip(" ()[].,;"))
    if not found or re.search(r"[\d:?!]", found["people"]):
        return None
    told = found["people"].strip(" ,([")
    many = bool(_ET_AL.search(told))
    parts = [part for part in _SPLIT.split(_ET_AL.sub("", told).strip(" ,")) if part]
    if not parts or not all(_is_name(part) and not is_known(part) for part in parts):
        return None
    parts = _paired(parts, commas="," in told)
    joined = many or (len(parts) > 1 and re.search(r"\band\b|&", told))
    if not joined and not found["open"]:
        return None  # "Bioinformatics 2020" is a venue
    return tuple(parts), int(found["year"])


def looks_like_authors(text: str, *, strict: bool = False) -> bool:
    """Whether a text is a list of people and nothing else, with some certainty.

    ``strict`` asks for given names too: "Dynamical, Control-Theoretic" are no people.
    """
    people = read_authors(text)
    if not people:
        return False
    if _ET_AL.search(text):
        return True
    words = sum(len(person.split()) for person in people)
    full = sum(" " in person for person in people)
    return (
        len(people) >= 2 and words >= 1.5 * len(people) and (not strict or full > 0.7 * len(people))
    )
