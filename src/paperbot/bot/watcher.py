"""Notices that the lists changed, has the index built by another process, and swaps it in."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from pathlib import Path

from paperbot.bot.desk import Desk
from paperbot.bot.logs import note
from paperbot.bot.text import cut

_Signature = tuple[tuple[str, int, int], ...]
_KEPT = 5
"""Lines kept of what a failed build said."""


class ListWatcher:
    """Looks now and then; builds when the lists are quiet; keeps the old index if that fails."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._config = desk.config
        self._failed: _Signature | None = None
        self._building = asyncio.Lock()
        self.said = "the lists are as they were when I started"

    async def watch(self) -> None:
        """Look again and again, until cancelled."""
        while True:
            await asyncio.sleep(self._config.poll_every)
            try:
                await self.look()
            except asyncio.CancelledError:
                raise
            except Exception as error:
                note("look at the lists failed", level=logging.ERROR, error=error)

    async def look(self, *, force: bool = False) -> str:
        """One look: swap in a newer generation, or build one; says what was done.

        ``force`` builds even lists that failed before, and does not wait for quiet.
        """
        async with self._building:
            engine = self._desk.assistant
            if self._desk.generation is None:
                await self._desk.refresh()
            if await self._desk.upkeep(engine.reload):
                await self._swapped("a newer index was swapped in")
                return self.said
            if not await self._desk.upkeep(engine.stale):
                return "nothing changed"
            seen = await self._quiet(at_once=force)
            if seen == self._failed and not force:
                return self.said
            problems = await self._build()
            if problems is None:
                self._failed = None
                await self._desk.upkeep(engine.reload)
                await self._swapped("changed lists were built and swapped in")
            else:
                self._failed = seen
                self.said = f"the changed lists could not be built, the old index stays: {problems}"
                note("build failed, the old index stays", level=logging.WARNING)
            return self.said

    async def _quiet(self, *, at_once: bool) -> _Signature:
        """Wait until nobody has written to the lists for a while."""
        seen = await self._desk.upkeep(lambda: signature(self._config.lists_dir))
        while not at_once:
            await asyncio.sleep(self._config.quiet_for)
            now = await self._desk.upkeep(lambda: signature(self._config.lists_dir))
            if now == seen:
                break
            seen = now
        return seen

    async def _build(self) -> str | None:
        """None when the build succeeded, else the last lines it said."""
        process = await asyncio.create_subprocess_exec(
            *self._config.build_command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        started = time.monotonic()
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        note("build ended", code=process.returncode, seconds=round(time.monotonic() - started, 1))
        if process.returncode == 0:
            return None
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return cut(" / ".join(lines[-_KEPT:]) or f"exit code {process.returncode}", 700)

    async def _swapped(self, what: str) -> None:
        self.said = f"{what} at {time.strftime('%Y-%m-%d %H:%M')}"
        note(what)
        await self._desk.refresh()


def signature(folder: Path) -> _Signature:
    """Which files stand in a folder, their sizes and times: enough to see that someone wrote."""
    found = []
    for path in sorted(folder.rglob("*")):
        with contextlib.suppress(OSError):
            if path.is_file():
                known = path.stat()
                found.append((str(path), known.st_size, known.st_mtime_ns))
    return tuple(found)
