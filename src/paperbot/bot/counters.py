"""What the bot did since it started, in numbers for `/admin status`; nothing about anyone."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counters:
    """Running totals, and the last 1,000 latencies in milliseconds."""

    questions: int = 0
    nothing_close: int = 0
    refused: int = 0
    errors: int = 0
    latencies: deque[float] = field(default_factory=lambda: deque(maxlen=1000))

    def answered(self, took_ms: float, *, nothing: bool) -> None:
        """Count one answered question and how long its asker waited."""
        self.questions += 1
        self.nothing_close += nothing
        self.latencies.append(took_ms)

    def percentile(self, share: float) -> float | None:
        """The latency that ``share`` (0 to 1) of the recent questions stayed within, or None."""
        if not self.latencies:
            return None
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def nothing_share(self) -> float | None:
        """The share of questions to which nothing was close, or None before the first."""
        return self.nothing_close / self.questions if self.questions else None
