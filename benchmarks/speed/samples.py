"""Measured values, what each means, and the file they are kept in."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured, in the words and with the decimals that a table shows."""

    key: str
    label: str
    decimals: int


# In the order of the table. Lower is better everywhere but in the last row.
MEASURES = (
    Measure("cold_s", "cold question, whole process, s", 2),
    Measure("p50_ms", "warm question, p50, ms", 1),
    Measure("p95_ms", "warm question, p95, ms", 1),
    Measure("encoding_ms", "– of which encoding it, p50, ms", 1),
    Measure("build_s", "build, whole process, s", 1),
    Measure("texts", "– texts that it embeds", 0),
    Measure("rebuild_s", "rebuild after one changed line, whole process, s", 2),
    Measure("rebuild_work_s", "– the work alone, all being loaded, s", 3),
    Measure("rss_mb", "resident memory after warm questions, MB", 0),
    Measure("peak_mb", "peak memory of that process, MB", 0),
    Measure("cold_peak_mb", "peak memory of a cold question, MB", 0),
    Measure("build_peak_mb", "peak memory of the build, MB", 0),
    Measure("disk_mb", "disk after the build, MB", 1),
    Measure("recall", "recall@10 against exact search", 4),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One value: ``what`` (a measure's key) of ``who`` with ``titles`` titles (0: none at all)."""

    titles: int
    who: str
    what: str
    value: float


@dataclass(slots=True)
class Results:
    """All samples of a run, and ``about``: machine, versions, command, dates, loads."""

    about: dict[str, str]
    samples: list[Sample] = field(default_factory=list)

    def add(self, titles: int, who: str, **values: float | None) -> None:
        """Keep values by measure; ``None`` is not kept."""
        for what, value in values.items():
            if value is not None:
                self.samples.append(Sample(titles, who, what, value))

    def values(self, titles: int, who: str, what: str) -> list[float]:
        """Give every value of one measure in the order measured."""
        wanted = (titles, who, what)
        return [s.value for s in self.samples if (s.titles, s.who, s.what) == wanted]

    def median(self, titles: int, who: str, what: str) -> float | None:
        """Give the median of one measure, ``None`` if it was not measured."""
        values = self.values(titles, who, what)
        return statistics.median(values) if values else None

    def sizes(self) -> list[int]:
        """Give the sizes of libraries, smallest first."""
        return sorted({s.titles for s in self.samples if s.titles})

    def names(self) -> list[str]:
        """Give who was measured, in the order of first appearance."""
        return list(dict.fromkeys(s.who for s in self.samples if s.titles))

    def save(self, path: Path) -> None:
        """Write the run as JSON, a sample a line."""
        lines = ",\n".join(json.dumps(asdict(sample)) for sample in self.samples)
        about = json.dumps(self.about, indent=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'{{"about": {about},\n"samples": [\n{lines}\n]}}\n')

    @classmethod
    def load(cls, path: Path) -> Results:
        """Read a run."""
        record = json.loads(path.read_text())
        return cls(record["about"], [Sample(**sample) for sample in record["samples"]])


def quantile(values: Iterable[float], share: float) -> float:
    """Give the value that ``share`` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
