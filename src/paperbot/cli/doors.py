"""What every command shares: opening the assistant, and where words go."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperbot.assistant import Assistant


def say(line: str) -> None:
    """Write a line of progress or warning to stderr."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def out(text: str = "") -> None:
    """Write a line of results to stdout."""
    print(text)  # noqa: T201


def open_assistant() -> Assistant:
    """Open the assistant with the settings of the environment."""
    from paperbot.assistant import Assistant
    from paperbot.settings import Settings

    return Assistant.open(Settings.load(), say=say, progress=progress())


def progress() -> Callable[[int, int], None]:
    """Make a function that shows how far a build is: rate and time left, on stderr."""
    import time

    # When the first texts were done, and how many: before them lists are read and the model loads.
    began, at_first, shown = 0.0, 0, 0.0

    def show(done: int, total: int) -> None:
        nonlocal began, at_first, shown
        now = time.monotonic()
        if not began:
            began, at_first = now, done
        last = done == total
        if total < 64 or (now - shown < 0.5 and not last):
            return
        shown = now
        line = f"  {done:,} of {total:,} texts"
        if done > at_first:
            rate = (done - at_first) / max(now - began, 1e-6)
            line += f" · {rate:,.0f} a second"
            if not last:
                line += f" · {(total - done) / rate:,.0f} s left"
        if sys.stderr.isatty():
            print(f"\r{line}\033[K", end="\n" if last else "", file=sys.stderr, flush=True)  # noqa: T201
        elif last:
            say(line)

    return show
