"""What members get when they ask."""

from __future__ import annotations

from tests.bot.support import Running
from tests.fakediscord import FakeDiscord
from tests.fakediscord.server import find, words


def test_a_mention_is_answered_with_papers_as_a_reply(fake: FakeDiscord, bot: Running) -> None:
    asked = fake.say("what should I read on KV cache?")
    answer = fake.answer(asked)
    text = words(answer)
    assert "KV cache" in text
    assert "https://arxiv.org/abs/" in text
    assert answer["embeds"][0]["footer"]["text"].startswith("Asked: ")
    assert find(answer, "Next ▶")
    assert find(answer, "Ask more")
    assert not fake.world.pings


def test_recommend_answers_privately(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("recommend", topic="KV cache")
    assert handle.private
    assert "KV cache" in handle.text
