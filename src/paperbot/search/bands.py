"""Close, loosely related, or nothing close: where one ends and the next begins, per model.

The evidence for an answer is the best direct relevance of any paper (meaning, words and name; not
the bridge, which always finds something), less a fine for each share of the question's words that
neither the lists nor the glossary know: real needs are put in words that the field uses somewhere,
"sourdough" is not one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from paperbot.search.answer import Confidence


@dataclass(frozen=True, slots=True)
class Bands:
    """Least evidence to be loosely related, and to be close."""

    loose: float
    close: float
    calibrated: bool = True

    def of(self, evidence: float) -> Confidence:
        """Place the evidence in a band."""
        if evidence >= self.close:
            return "close"
        return "loose" if evidence >= self.loose else "nothing"


# What it costs that every word of a question is unknown. Off-topic development questions are told
# from real ones with AUC 1.00 (.98 without it, .97 by relevance with the bridge).
UNKNOWN_WORDS = 0.40

# Set by `python -m benchmarks.calibrate` on the development questions.
DEFAULT = Bands(loose=0.19, close=0.33)
UNCALIBRATED = Bands(DEFAULT.loose, DEFAULT.close, calibrated=False)


def bands_of(is_default_model: bool) -> Bands:
    """Give the bands of a model; another than the default is uncalibrated and says so."""
    return DEFAULT if is_default_model else UNCALIBRATED
