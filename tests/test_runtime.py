"""The environment of the Docker image's last stage: built with pip, it answers without torch."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from benchmarks.runtime_env import make

from tests.conftest import ROOT
from tests.fakediscord import FakeDiscord
from tests.fakediscord.server import TOKEN, words

SITE = ROOT / "tests" / "fakediscord" / "site"
UNREACHABLE = ("Temporary failure in name resolution", "NewConnectionError", "timed out")


@pytest.fixture(scope="module")
def programs(tmp_path_factory) -> Path:
    """The programs of that environment."""
    try:
        return make(tmp_path_factory.mktemp("runtime"))
    except subprocess.CalledProcessError as error:
        if any(word in str(error.stderr) for word in UNREACHABLE):
            pytest.skip("no package index can be reached")
        raise


@pytest.fixture(scope="module")
def env(real_home, tmp_path_factory) -> dict[str, str]:
    """Lists and exported encoder of the project; an index must be built."""
    home = tmp_path_factory.mktemp("image")
    shutil.copytree(real_home / "data", home / "data")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PAPERBOT_", "PYTHONPATH"))}
    return {
        **kept,
        "PAPERBOT_DATA_DIR": str(home / "data"),
        "PAPERBOT_INDEX_DIR": str(home / "index"),
        "PAPERBOT_ENCODER_DIR": str(real_home / "index" / "encoder"),
    }


def run(env: dict[str, str], *command: object) -> subprocess.CompletedProcess[str]:
    words_ = [str(part) for part in command]
    return subprocess.run(words_, env=env, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize("name", ["torch", "sentence_transformers", "transformers"])
def test_there_is_no_torch(programs, env, name):
    assert "ModuleNotFoundError" in run(env, programs / "python", "-c", f"import {name}").stderr


def test_it_builds_asks_and_takes_in_a_changed_list(programs, env):
    first = run(env, programs / "paperbot", "ask", "kv cache compression")
    assert first.returncode == 0, first.stderr
    assert "KV Cache" in first.stdout
    with (Path(env["PAPERBOT_DATA_DIR"]) / "lists" / "llm-papers.md").open("a") as file:
        file.write("\n## Late\n1. [2025] A Late Paper on Cache Gardening\n")
    again = run(env, programs / "paperbot", "ask", "cache gardening")
    assert "A Late Paper on Cache Gardening" in again.stdout, again.stderr
    assert "sentence-transformers" not in first.stderr + again.stderr


def test_its_bot_answers_in_discord(programs, env):
    with FakeDiscord() as fake:
        asked = {
            **env,
            "PYTHONPATH": str(SITE),
            "FAKE_DISCORD_API": fake.api,
            "FAKE_DISCORD_GATEWAY": fake.gateway_url,
            "PAPERBOT_DISCORD_TOKEN": TOKEN,
        }
        bot = subprocess.Popen(
            [programs / "paperbot", "bot"],
            env=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        try:
            fake.ready(40)
            answer = fake.answer(fake.say("what should I read on KV cache compression"), 20)
            assert "**1. " in words(answer)
        finally:
            bot.send_signal(signal.SIGTERM)
            said, _ = bot.communicate(timeout=20)
        assert bot.returncode == 0, said
        assert not fake.rest.complaints
