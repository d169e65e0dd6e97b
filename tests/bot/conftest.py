"""A fake Discord, the real engine, and the bot between them."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from paperbot.bot import logs
from tests.bot.support import Hooked, Running, Where, config_for, open_engine, write_lists
from tests.fakediscord import FakeDiscord


def may_ping(allowed: dict[str, Any] | None) -> bool:
    """Does Discord look for pings in a message that says so?"""
    return allowed is None or allowed["parse"] != [] or bool(allowed.get("replied_user"))


def sent(server: FakeDiscord) -> Iterator[dict[str, Any]]:
    """Every message that the bot made: in channels, as replies to commands, after them."""
    for _, route, body, _ in server.rest.requests:
        data = body.get("data") or body if isinstance(body, dict) else {}
        if route.startswith(("POST", "PATCH")) and data.get("embeds"):
            yield {"allowed_mentions": None, **data}


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Where:
    """Small lists and their index, built once."""
    return write_lists(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def real_engine(library: Where) -> Any:
    """The real engine over them."""
    return open_engine(library)


@pytest.fixture
def engine(real_engine: Any) -> Hooked:
    """The real engine with hooks."""
    return Hooked(real_engine)


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the bot logs at info and above, as JSON lines."""
    out = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up("MTE4.fake-token.4b0a5ee3c1d29f7788", to=out)
    yield out
    root.handlers[:], level = before
    root.setLevel(level)


@pytest.fixture
def fake(logged: io.StringIO) -> Iterator[FakeDiscord]:
    """A Discord of its own for each test; whatever the test looks at, no rule of Discord's was
    broken and no token was logged.
    """
    with FakeDiscord() as server:
        yield server
        text = logged.getvalue()
        assert not [token for token in server.tokens if token in text], "a token was logged"
        assert not server.rest.complaints
        assert not [body for body in sent(server) if may_ping(body["allowed_mentions"])]


@pytest.fixture
def start(
    fake: FakeDiscord, engine: Hooked, library: Where, tmp_path: Path
) -> Iterator[Callable[..., Running]]:
    """Start a bot; ``start(cooldown=2.0)`` changes its configuration."""
    running: list[Running] = []

    def begin(engine_for_it: Any = None, **changes: Any) -> Running:
        config = config_for(library, **{"state_dir": tmp_path / "state", **changes})
        running.append(Running(fake, engine_for_it or engine, config))
        return running[-1]

    yield begin
    for one in running:
        one.stop()


@pytest.fixture
def bot(start: Callable[..., Running]) -> Running:
    """A bot that is connected."""
    return start()
