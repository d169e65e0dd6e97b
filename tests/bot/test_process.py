"""The bot as a user starts it: `paperbot bot` in a process of its own, with the real model."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w
from tests.fakediscord.server import TOKEN, words

SITE = ROOT / "tests" / "fakediscord" / "site"
QUESTION = "what should I read on KV cache compression"


class Process:
    """One `paperbot …` command."""

    def __init__(
        self, *args: str, env: dict[str, str], terminal: int | None = None, code: str = ""
    ) -> None:
        what = ["-c", code] if code else ["-m", "paperbot", *args]
        self._process = subprocess.Popen(
            [sys.executable, *what],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if terminal is None else terminal,
            text=True,
        )

    def signal(self, number: int) -> None:
        """Send a signal."""
        self._process.send_signal(number)

    def end(self, timeout: float = 40.0) -> tuple[int, str]:
        """Exit code, and what it wrote; kills it where it does not end."""
        try:
            out, err = self._process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            raise
        return self._process.returncode, out + (err or "")

    @property
    def running(self) -> bool:
        """Has it not ended?"""
        return self._process.poll() is None


@pytest.fixture
def fake() -> Iterator[FakeDiscord]:
    """A Discord whose rules nobody may break."""
    with FakeDiscord() as server:
        yield server
        assert not server.rest.complaints


@pytest.fixture(scope="session")
def home(real_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own lists and index, for bots alone."""
    root = tmp_path_factory.mktemp("bots") / "home"
    shutil.copytree(real_home, root)
    return root


@pytest.fixture
def run(fake: FakeDiscord, home: Path, tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Start `paperbot …` with the settings that a test changes."""
    started: list[Process] = []
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PAPERBOT_")}

    def begin(
        *args: str, terminal: int | None = None, code: str = "", **changes: str | None
    ) -> Process:
        known: dict[str, str | None] = {
            "PYTHONPATH": os.pathsep.join([str(SITE), *filter(None, sys.path)]),
            "FAKE_DISCORD_API": fake.api,
            "FAKE_DISCORD_GATEWAY": fake.gateway_url,
            "PAPERBOT_DATA_DIR": str(home / "data"),
            "PAPERBOT_INDEX_DIR": str(home / "index"),
            "PAPERBOT_DISCORD_TOKEN": TOKEN,
        }
        env = {**clean, **{k: v for k, v in {**known, **changes}.items() if v is not None}}
        started.append(Process(*args, env=env, terminal=terminal, code=code))
        return started[-1]

    yield begin
    for process in started:
        if process.running:
            process.signal(signal.SIGKILL)
            process.end()


def _one_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.startswith("paperbot: ")]
    assert len(lines) == 1, said
    assert "Traceback" not in said
    assert TOKEN not in said
    return lines[0]


def test_a_bot_answers_every_door_and_logs_json_without_words_or_token(
    fake: FakeDiscord, run: Any
) -> None:
    process = run("bot")
    fake.ready(40)
    answer = fake.answer(fake.say(QUESTION), 20)
    assert "**1. " in words(answer)
    assert re.search(r"\d\. \[[^\n]*\]\(https?://", words(answer))
    assert fake.command("recommend", topic=QUESTION, by=w.BOB).private
    assert "KV" in fake.answer(fake.say("KV cache", by=w.CAROL, private=True))["embeds"][0]["title"]
    assert fake.complete("paper", "name", "att").choices
    assert not fake.world.pings
    process.signal(signal.SIGTERM)
    code, said = process.end(5)
    assert code == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert {"connected", "answered", "stopped"} <= {line["event"] for line in lines}
    assert all(line["took_ms"] > 0 for line in lines if line["event"] == "answered")
    assert not [token for token in fake.tokens if token in said]
    assert "compression" not in said
    assert "member" not in said.lower().replace("remember", "")


def test_buttons_work_after_kill_9(fake: FakeDiscord, run: Any) -> None:
    first = run("bot")
    fake.ready(40)
    answer = fake.answer(fake.say(QUESTION), 20)
    form = fake.click(answer, "Ask more")
    assert form.modal
    first.signal(signal.SIGKILL)
    assert first.end()[0] == -signal.SIGKILL
    fake.gateway.session = None
    run("bot")
    fake.ready(40)
    fake.click(answer, "Next ▶")
    fake.until(lambda: "**6." in words(answer), "the second page", 20)
    assert "Why 1?" in fake.submit(form, "why 1?").text
    assert len(fake.world.commands) <= 1, "the second start told Discord the same commands again"


def test_sigterm_ends_an_idle_bot_within_5_s(fake: FakeDiscord, run: Any) -> None:
    process = run("bot")
    fake.ready(40)
    began = time.monotonic()
    process.signal(signal.SIGTERM)
    assert process.end(5)[0] == 0
    assert time.monotonic() - began < 5


def test_sigterm_lets_a_question_under_way_be_answered(fake: FakeDiscord, run: Any) -> None:
    process = run("bot")
    fake.ready(40)
    handle = fake.command("recommend", topic=QUESTION)
    handle.acknowledged(20)
    process.signal(signal.SIGTERM)
    assert "KV" in handle.text
    assert process.end(5)[0] == 0


def test_sigterm_does_not_wait_for_a_question_that_hangs(
    fake: FakeDiscord, run: Any, tmp_path: Path
) -> None:
    hanging = (
        "import sys, time; from pathlib import Path; from paperbot.bot import run_bot; "
        "from tests.bot.support import *; "
        f"where = write_lists(Path({str(tmp_path)!r})); "
        "hang = lambda name, args: time.sleep(60) if name == 'ask' else None; "
        f"config = config_for(where, token={TOKEN!r}); "
        "sys.exit(run_bot(lambda: Hooked(open_engine(where), hang), config))"
    )
    process = run(code=hanging)
    fake.ready(40)
    fake.command("recommend", topic=QUESTION).acknowledged(20)
    process.signal(signal.SIGTERM)
    assert process.end(5)[0] == 0


def test_ctrl_c_ends_it_like_sigterm(fake: FakeDiscord, run: Any) -> None:
    process = run("bot")
    fake.ready(40)
    process.signal(signal.SIGINT)
    code, said = process.end(5)
    assert code == 0
    assert "Traceback" not in said


def test_a_missing_token_is_one_line_and_10(run: Any) -> None:
    code, said = run("bot", PAPERBOT_DISCORD_TOKEN=None).end()
    assert code == 10
    assert "PAPERBOT_DISCORD_TOKEN" in _one_line(said)


def test_a_token_file_that_cannot_be_read_is_one_line_and_2(run: Any, tmp_path: Path) -> None:
    missing = str(tmp_path / "no-such-file")
    process = run("bot", PAPERBOT_DISCORD_TOKEN=None, PAPERBOT_DISCORD_TOKEN_FILE=missing)
    code, said = process.end()
    assert code == 2
    assert missing in _one_line(said)


@pytest.mark.parametrize("token", ["MTE4.wrong.token", "two words"])
def test_a_refused_token_is_one_line_and_11(fake: FakeDiscord, run: Any, token: str) -> None:
    code, said = run("bot", PAPERBOT_DISCORD_TOKEN=token).end()
    assert code == 11
    assert "refused the token" in _one_line(said)
    assert token not in said


def test_a_refused_intent_is_one_line_and_12(fake: FakeDiscord, run: Any) -> None:
    code, said = run("bot", PAPERBOT_DISCORD_CHANNEL=str(w.CHANNEL)).end()
    assert code == 12
    assert "Message Content" in _one_line(said)


def test_an_unreachable_discord_is_one_line_and_13(run: Any) -> None:
    # The command is patient for a minute; the same code with less patience:
    impatient = (
        "import sys; from pathlib import Path; from paperbot.bot import BotConfig, run_bot; "
        f"config = BotConfig({TOKEN!r}, Path('lists'), Path('state'), patience=1.0); "
        "sys.exit(run_bot(lambda: None, config))"
    )
    code, said = run(code=impatient, FAKE_DISCORD_API="http://127.0.0.1:9/api/v10").end()
    assert code == 13
    assert "cannot be reached" in _one_line(said)


def test_a_connection_closed_for_good_is_one_line_and_14(fake: FakeDiscord, run: Any) -> None:
    fake.gateway.refuse_with = 4013
    code, said = run("bot").end()
    assert code == 14
    assert "4013" in _one_line(said)


def test_a_gateway_that_is_down_at_the_start_is_waited_for(
    fake: FakeDiscord, run: Any, tmp_path: Path
) -> None:
    token = tmp_path / "token"
    token.write_text(f"{TOKEN}\n")
    fake.gateway.down = True
    process = run("bot", PAPERBOT_DISCORD_TOKEN=None, PAPERBOT_DISCORD_TOKEN_FILE=str(token))
    fake.until(lambda: fake.count("GET", "/users/@me"), "the login", 40)
    time.sleep(1)
    assert process.running
    assert run("health").end()[0] == 1
    fake.gateway.down = False
    fake.ready(30)
    assert fake.answer(fake.say(QUESTION), 20)
    fake.until(lambda: run("health").end()[0] == 0, "good health", 30)
    process.signal(signal.SIGTERM)
    code, said = process.end(5)
    assert code == 0
    assert "Attempting a reconnect" in said
    assert "ClientResponse" not in said


def test_on_a_terminal_it_logs_lines_for_people(fake: FakeDiscord, run: Any) -> None:
    ours, theirs = pty.openpty()
    process = run("bot", "--guild", str(w.GUILD), terminal=theirs)
    fake.ready(40)
    fake.until(lambda: fake.count("PUT", f"/guilds/{w.GUILD}/commands"), "the sync", 20)
    assert fake.answer(fake.say(QUESTION), 20)
    process.signal(signal.SIGTERM)
    assert process.end(5)[0] == 0
    said = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert re.search(r"\d\d:\d\d:\d\d info +connected", said), said
    assert '{"at"' not in said


def test_a_changed_list_is_built_by_a_process_of_its_own(
    fake: FakeDiscord, run: Any, home: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shutil.copytree(home, own)
    for file in (own / "data" / "lists").glob("*.md"):
        file.unlink()
    papers = "- [2024] [KV cache compression for zebras](https://arxiv.org/abs/2401.00001)\n"
    (own / "data" / "lists" / "new.md").write_text("# Zebras\n\n## Stripes\n" + papers)
    where = {"PAPERBOT_DATA_DIR": str(own / "data"), "PAPERBOT_INDEX_DIR": str(own / "index")}
    process = run("bot", **where)
    fake.ready(60)
    more = "- [2025] [Striped attention for grazing models](https://arxiv.org/abs/2501.00001)\n"
    (own / "data" / "lists" / "new.md").write_text("# Zebras\n\n## Stripes\n" + papers + more)
    reload = fake.command("admin", sub="reload", permissions=w.ADMIN_MAY)
    fake.until(reload._complete, "the build", 60)
    assert "built and swapped in" in reload.text
    choices = fake.complete("paper", "name", "striped").choices
    assert [choice["name"] for choice in choices] == ["Striped attention for grazing models"]
    process.signal(signal.SIGTERM)
    assert process.end(5)[0] == 0


def test_sigterm_while_the_index_is_being_built_exits_0(
    fake: FakeDiscord, run: Any, home: Path, tmp_path: Path
) -> None:
    process = run("bot", PAPERBOT_INDEX_DIR=str(tmp_path / "empty"))
    time.sleep(2.5)
    assert process.running
    process.signal(signal.SIGTERM)
    assert process.end(5)[0] == 0


def test_health_without_a_bot_is_1(run: Any, tmp_path: Path) -> None:
    code, said = run("health", PAPERBOT_INDEX_DIR=str(tmp_path)).end()
    assert code == 1
    assert "not running" in said
