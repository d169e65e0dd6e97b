"""paperbot answers "what should I read on X" from a research lab's own reading lists.

>>> from paperbot import Assistant, Settings
>>> answer = Assistant.open(Settings()).ask("what should I read on KV cache compression?")
>>> print(answer.hits[0].paper.title, answer.hits[0].why)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paperbot.assistant import Assistant, SectionSummary, Status, Suggestion
    from paperbot.errors import PaperbotError
    from paperbot.paper import Link, Mention, Note, Paper, Section
    from paperbot.search.answer import Answer, Filters, Hit, Part, Query
    from paperbot.settings import Settings

_HOMES = {
    "Answer": "paperbot.search.answer",
    "Assistant": "paperbot.assistant",
    "Filters": "paperbot.search.answer",
    "Hit": "paperbot.search.answer",
    "Link": "paperbot.paper",
    "Mention": "paperbot.paper",
    "Note": "paperbot.paper",
    "Paper": "paperbot.paper",
    "PaperbotError": "paperbot.errors",
    "Part": "paperbot.search.answer",
    "Query": "paperbot.search.answer",
    "Section": "paperbot.paper",
    "SectionSummary": "paperbot.assistant",
    "Settings": "paperbot.settings",
    "Status": "paperbot.assistant",
    "Suggestion": "paperbot.assistant",
}

__all__ = [
    "Answer",
    "Assistant",
    "Filters",
    "Hit",
    "Link",
    "Mention",
    "Note",
    "Paper",
    "PaperbotError",
    "Part",
    "Query",
    "Section",
    "SectionSummary",
    "Settings",
    "Status",
    "Suggestion",
]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used: ``import paperbot`` itself loads nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'paperbot' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
