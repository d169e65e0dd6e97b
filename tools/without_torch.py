"""Take torch out of a lock file: it is pinned apart, since each platform has an index of its own.

python -m tools.without_torch requirements.lock
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ONLY_WITH_CUDA = r"torch|nvidia-[\w-]+|cuda-[\w-]+|triton"


def without_torch(lock: str) -> str:
    """Give the lock without torch and what only its CUDA builds need."""
    entry = rf"^(?:{_ONLY_WITH_CUDA})(?:\[[^\]]*\])?==.*\n(?:[ \t]+.*\n)*"
    return re.sub(entry, "", lock, flags=re.MULTILINE)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(without_torch(path.read_text()))
