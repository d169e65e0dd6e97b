"""Close, loosely related, or nothing close: where one ends and the next begins, per model."""

from __future__ import annotations

from dataclasses import dataclass

from paperbot.search.answer import Confidence


@dataclass(frozen=True, slots=True)
class Bands:
    """Least evidence (best relevance of any paper, see ``rank``) to be loose and to be close."""

    loose: float
    close: float
    calibrated: bool = True

    def of(self, evidence: float) -> Confidence:
        """Place the evidence in a band."""
        if evidence >= self.close:
            return "close"
        return "loose" if evidence >= self.loose else "nothing"


# Set by `python -m benchmarks.calibrate` on the development questions.
DEFAULT = Bands(loose=0.36, close=0.46)
UNCALIBRATED = Bands(DEFAULT.loose, DEFAULT.close, calibrated=False)


def bands_of(is_default_model: bool) -> Bands:
    """Give the bands of a model; another than the default is uncalibrated and says so."""
    return DEFAULT if is_default_model else UNCALIBRATED
