"""The machine that is measured on, and who else was at work on it meanwhile."""

from __future__ import annotations

import os
import platform
import resource
import time
from pathlib import Path

# Above this share of the processors' time in other hands a run is called a trial.
BUSY = 0.05


def describe() -> str:
    """Describe this machine in a line."""
    cpu = platform.machine()
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            cpu = line.partition(":")[2].strip()
            break
    return (
        f"{cpu}, {os.cpu_count()} cores, {gigabytes:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


class Neighbours:
    """How much of the processors others have used since this was made."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._all, self._ours = _busy_seconds(), _our_seconds()

    def share(self) -> float:
        """Give their share of all processors' time, 0 to 1. Finished children count as ours."""
        theirs = _busy_seconds() - self._all - (_our_seconds() - self._ours)
        whole = (time.monotonic() - self._began) * (os.cpu_count() or 1)
        return min(1.0, max(0.0, theirs / whole))


def _busy_seconds() -> float:
    """Give the processor seconds that were spent on anything since the machine started."""
    user, nice, system, _, _, irq, softirq, steal = map(
        int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]
    )
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _our_seconds() -> float:
    """Give the processor seconds of this process and its finished children."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)
