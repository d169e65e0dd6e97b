"""Where close, loosely related and nothing end: calibrated per model, stored with each index.

`bands.json` beside this file keeps what `python -m benchmarks.calibrate --save` measured, by the
encoder's fingerprint; a build takes its model's bands into the manifest. An index whose model was
never calibrated has none, and its answers say so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from paperbot.indexing.files import write_atomically

CALIBRATED = Path(__file__).with_name("bands.json")


@dataclass(frozen=True, slots=True)
class Bands:
    """Least evidence (units of a cosine) to be loosely related, and to be close."""

    loose: float
    close: float


def calibrated_bands(fingerprint: str) -> Bands | None:
    """Give the bands that were calibrated for an encoder; ``None`` if it never was."""
    found = json.loads(CALIBRATED.read_text()).get(fingerprint)
    return Bands(found["loose"], found["close"]) if found else None


def save_bands(fingerprint: str, model: str, bands: Bands) -> None:
    """Keep a model's calibrated bands in place of those it had."""
    known = json.loads(CALIBRATED.read_text())
    kept = {key: value for key, value in known.items() if value["model"] != model}
    kept[fingerprint] = {"model": model, **asdict(bands)}
    write_atomically(CALIBRATED, (json.dumps(kept, indent=1) + "\n").encode())
