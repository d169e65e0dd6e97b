"""The heartbeat file: the running bot says that it is well, and `paperbot health` believes it."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

MAX_AGE = 60.0
"""Seconds after which a heartbeat is stale: four beats."""


def beat(path: Path, *, gateway: bool, index: str | None) -> None:
    """Write the file in one step. ``index`` names the loaded generation."""
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {"at": time.time(), "pid": os.getpid(), "gateway": gateway, "index": index}
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps(state), encoding="utf-8")
    draft.replace(path)


def health(path: Path, *, max_age: float = MAX_AGE) -> tuple[int, str]:
    """Exit code and one line: 0 if the bot is connected and answers, 1 if not.

    Reads only the file at ``path``; never raises.
    """
    try:
        state = json.loads(path.read_text(encoding="utf-8"))
        age = time.time() - float(state["at"])
        gateway, index = bool(state["gateway"]), state["index"]
    except FileNotFoundError:
        return 1, f"The bot is not running: {path} does not exist."
    except (OSError, ValueError, KeyError, TypeError):
        return 1, f"The heartbeat in {path} cannot be read."
    if age > max_age:
        return 1, f"The bot has been silent for {age:.0f} s."
    if not gateway:
        return 1, "The bot runs but is not connected to Discord."
    if not index:
        return 1, "The bot runs but has no index loaded."
    return 0, f"Well: connected to Discord, index {index}, {age:.0f} s ago."
