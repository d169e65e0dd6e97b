"""Close, loosely related, or nothing close: which of the three an answer is."""

from __future__ import annotations

from paperbot.indexing.bands import Bands
from paperbot.search.answer import Confidence

# For a model that was never calibrated: those of the default model, which may be far off. Answers
# then carry a remark that says so.
UNCALIBRATED = Bands(loose=0.285, close=0.693)


def confidence(evidence: float, bands: Bands | None) -> Confidence:
    """Place the evidence for an answer in a band; ``bands`` are the index's own, if it has any."""
    limits = bands or UNCALIBRATED
    if evidence >= limits.close:
        return "close"
    return "loose" if evidence >= limits.loose else "nothing"
