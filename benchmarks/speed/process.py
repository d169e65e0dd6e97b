"""One command as a whole process: how long it took, and the most memory it held."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# After so many seconds a process is taken to hang, and is ended.
LIMIT = 1_800.0


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process did. ``peak_mb`` is its largest resident set, in MB of 10⁶ bytes."""

    seconds: float
    peak_mb: float
    stdout: str
    stderr: str


def run(command: Sequence[object], env: Mapping[str, str], limit: float = LIMIT) -> Ran:
    """Run a command to its end; raises ``RuntimeError`` with its last words if it fails or hangs.

    Linux counts the parent's own peak as the least a child can have, so the process that calls
    this loads neither NumPy nor any library's data.
    """
    words = [str(word) for word in command]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        began = time.perf_counter()
        process = subprocess.Popen(words, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        watch = threading.Timer(limit, process.kill)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        ran = Ran(seconds, usage.ru_maxrss * 1024 / 1e6, out.read(), err.read())
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(words)}\nended with {process.returncode}:\n{ran.stderr[-2000:]}"
        )
    return ran
