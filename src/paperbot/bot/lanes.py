"""Threads for the engine: bounded, the bot's own, and never waited for at the end.

discord.py's event loop must never run the engine, and Python's default pool is small and joined
at exit: one hung question would keep a stopped bot alive. So each lane has daemon threads of its
own, and refuses work beyond its bound instead of queueing it without end.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
_Job = tuple[
    Callable[[], Any], asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], None]
]


class Full(Exception):
    """The lane has as much work as it may hold."""


class Lane:
    """``workers`` threads and room for ``waiting`` calls more."""

    def __init__(self, name: str, workers: int, waiting: int) -> None:
        self._jobs: queue.SimpleQueue[_Job] = queue.SimpleQueue()
        self._limit = workers + waiting
        self._held = 0
        self._names = [f"{name}-{number}" for number in range(workers)]
        self._started = False

    @property
    def held(self) -> int:
        """Calls that run or wait; a call given up by its caller counts until it returns."""
        return self._held

    async def run(
        self, call: Callable[[], T], *, timeout: float, done: Callable[[], None] | None = None
    ) -> T:
        """The result of ``call``, run in a thread; ``done`` is called once it really returned.

        Raises ``Full`` at once where there is no room, and ``TimeoutError`` after ``timeout``
        seconds: the call itself cannot be stopped and keeps its place.
        """
        if self._held >= self._limit:
            raise Full
        self._start()
        self._held += 1
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def release() -> None:
            self._held -= 1
            if done:
                done()

        self._jobs.put((call, loop, future, release))
        return await asyncio.wait_for(future, timeout)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            for name in self._names:
                threading.Thread(target=self._work, name=name, daemon=True).start()

    def _work(self) -> None:
        while True:
            call, loop, future, release = self._jobs.get()
            result, error = None, None
            try:
                if not future.cancelled():
                    result = call()
            except BaseException as caught:
                error = caught
            try:
                loop.call_soon_threadsafe(_settle, future, result, error, release)
            except RuntimeError:
                return  # the loop is closed: the bot has stopped
            del call, future, result, error, release


def _settle(
    future: asyncio.Future[Any],
    result: object,
    error: BaseException | None,
    release: Callable[[], None],
) -> None:
    release()
    if future.done():
        return
    if error is None:
        future.set_result(result)
    else:
        future.set_exception(error)
