"""The bot by itself: changed lists, commands told to Discord, `/admin`, the heartbeat."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperbot.bot import heartbeat
from tests.bot.support import Hooked, Running, Where, open_engine, write_lists
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w

NEW = "\n## Fresh\n- [2026] [Zebra stripes for tensor caches](https://arxiv.org/abs/2601.00001)\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Where:
    """Lists and an index that a test may change."""
    monkeypatch.setenv("PYTHONPATH", ":".join(sys.path))
    return write_lists(tmp_path / "own")


@pytest.fixture
def watching(own: Where, start: Any) -> Callable[..., Running]:
    """A bot that looks at its lists often."""

    def begin(**changes: Any) -> Running:
        known: dict[str, Any] = {
            "lists_dir": own.lists_dir, "poll_every": 0.2, "quiet_for": 0.3,
            "build_command": (sys.executable, "-m", "tests.bot.tiny", "build", str(own.root)),
        }  # fmt: skip
        return start(Hooked(open_engine(own)), **{**known, **changes})

    return begin


def _append(where: Where, text: str) -> None:
    path = where.lists_dir / "serving.md"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_changed_list_is_noticed_built_and_swapped_in_under_load(
    fake: FakeDiscord, own: Where, watching: Any
) -> None:
    running = watching()
    assert "Zebra" not in fake.command("recommend", topic="zebra stripes").text
    _append(own, NEW)
    asked, member = [], 10_000
    until = time.monotonic() + 25
    while "swapped in" not in running.bot.watcher.said and time.monotonic() < until:
        asked.append(fake.command("recommend", topic="KV cache", by=member))
        member += 1
        time.sleep(0.05)
    assert "swapped in" in running.bot.watcher.said
    assert len(asked) > 10
    assert all("KV cache" in one.text for one in asked), "a question was dropped"
    assert not running.bot.desk.counters.errors
    assert "Zebra stripes" in fake.command("recommend", topic="zebra stripes").text
    assert fake.complete("paper", "name", "zebra").choices
    fake.until(lambda: fake.complete("recommend", "section", "fresh").choices, "the new section")


def test_a_list_is_not_built_while_someone_writes(
    fake: FakeDiscord, own: Where, watching: Any
) -> None:
    running = watching(quiet_for=0.8)
    builds: list[float] = []
    build = running.bot.watcher._build

    async def noted() -> str | None:
        builds.append(time.monotonic())
        return await build()

    running.bot.watcher._build = noted
    for _ in range(6):
        _append(
            own, f"- [2026] [Draft {time.monotonic_ns()}](https://a.example/{time.time_ns()})\n"
        )
        last = time.monotonic()
        time.sleep(0.3)
    fake.until(lambda: "swapped in" in running.bot.watcher.said, "the build", 20)
    assert len(builds) == 1
    assert builds[0] - last > 0.7


def test_lists_that_cannot_be_built_keep_the_old_index_and_tell_the_admin(
    fake: FakeDiscord, own: Where, watching: Any, logged: io.StringIO
) -> None:
    said = "paperbot: serving.md:3 cannot be read"
    fail = (sys.executable, "-c", f"import sys; print({said!r}, file=sys.stderr); sys.exit(3)")
    running = watching(build_command=fail)
    _append(own, NEW)
    fake.until(lambda: "could not be built" in running.bot.watcher.said, "the failure", 10)
    time.sleep(0.8)
    assert logged.getvalue().count("build failed") == 1, "tried again though nothing changed"
    text = fake.command("admin", sub="status", permissions=w.ADMIN_MAY).text
    assert "the old index stays" in text
    assert "serving.md:3" in text.replace("\\", "")
    assert "out of date" in text
    assert "KV cache" in fake.command("recommend", topic="KV cache").text


def test_admin_reload_builds_at_once(fake: FakeDiscord, own: Where, watching: Any) -> None:
    watching(poll_every=600.0, quiet_for=600.0)
    reload = fake.command("admin", sub="reload", permissions=w.ADMIN_MAY)
    assert "nothing changed" in reload.text
    _append(own, NEW)
    reload = fake.command("admin", sub="reload", permissions=w.ADMIN_MAY)
    fake.until(reload._complete, "the build", 20)
    assert "swapped in" in reload.text
    assert "Zebra" in fake.command("recommend", topic="zebra stripes").text


def test_admin_status_counts(fake: FakeDiscord, bot: Running) -> None:
    fake.command("recommend", topic="KV cache").text  # noqa: B018 - answered first
    fake.command("recommend", topic="sourdough zymurgy qwertyuiop").text  # noqa: B018
    text = fake.command("admin", sub="status", permissions=w.ADMIN_MAY).text.replace("\\", "")
    assert "**2** questions" in text
    assert "nothing close: 50%" in text
    assert "36** papers" in text
    assert " ms (half of them)" in text


@pytest.mark.parametrize("sub", ["status", "reload", "sync"])
def test_admin_is_refused_to_members(
    fake: FakeDiscord, bot: Running, engine: Hooked, sub: str
) -> None:
    handle = fake.command("admin", sub=sub)
    assert "may manage this server" in handle.text
    assert handle.private
    tree = fake.world.commands[0]
    admin = next(one for one in tree if one["name"] == "admin")
    assert int(admin["default_member_permissions"]) == 1 << 5
    assert len(fake.world.commands) == 1


def test_commands_are_synced_only_when_they_changed(
    fake: FakeDiscord, start: Any, tmp_path: Path
) -> None:
    for expected in (1, 1):
        running = start()
        running.stop()
        fake.gateway.session = None
        assert len(fake.world.commands) == expected
    mark = tmp_path / "state" / "commands.json"
    mark.write_text(json.dumps({"tree": "of an older release"}))
    running = start()
    assert len(fake.world.commands) == 2
    fake.command("admin", sub="sync", permissions=w.ADMIN_MAY).text  # noqa: B018
    assert len(fake.world.commands) == 3
    names = {one["name"] for one in fake.world.commands[0]}
    assert names == {
        "recommend", "paper", "similar", "sections", "help", "admin",
        "Find papers like this message",
    }  # fmt: skip


def test_a_development_server_gets_the_commands_alone(fake: FakeDiscord, start: Any) -> None:
    start(guild=w.GUILD)
    puts = [route for _, route, _, _ in fake.rest.requests if route.startswith("PUT")]
    assert puts == [f"PUT /api/v10/applications/{w.APP}/guilds/{w.GUILD}/commands"]
    assert "KV cache" in fake.command("recommend", topic="KV cache").text


def test_a_failed_sync_does_not_stop_the_bot(
    fake: FakeDiscord, start: Any, logged: io.StringIO
) -> None:
    fake.fail("PUT", "/commands", 403)
    start()
    assert "commands not synced" in logged.getvalue()
    assert fake.answer(fake.say("KV cache"))


def test_the_heartbeat_says_whether_the_bot_is_well(fake: FakeDiscord, start: Any) -> None:
    running = start()
    path = running.bot.config.heartbeat_file

    def well() -> int:
        return heartbeat.health(path)[0]

    fake.until(lambda: well() == 0, "a good heartbeat")
    code, said = heartbeat.health(path, max_age=-1)
    assert (code, "silent" in said) == (1, True)
    fake.gateway.down = True
    fake.close(4000)
    fake.until(lambda: well() == 1, "a bad heartbeat")
    assert "not connected" in heartbeat.health(path)[1]
    fake.gateway.down = False
    fake.until(lambda: well() == 0, "a good heartbeat again", 15)


def test_health_without_a_heartbeat(tmp_path: Path) -> None:
    assert heartbeat.health(tmp_path / "none.json")[0] == 1
    (tmp_path / "bad.json").write_text("{")
    assert heartbeat.health(tmp_path / "bad.json")[0] == 1
    heartbeat.beat(tmp_path / "no-index.json", gateway=True, index=None)
    assert "no index" in heartbeat.health(tmp_path / "no-index.json")[1]
