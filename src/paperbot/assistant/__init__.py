"""The facade: opens, answers, reloads, builds; all that a front door knows."""

from paperbot.assistant.assistant import Assistant
from paperbot.assistant.values import SectionSummary, Status, Suggestion

__all__ = ["Assistant", "SectionSummary", "Status", "Suggestion"]
