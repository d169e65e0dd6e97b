"""Whatever is asked and whatever the lists hold, an answer fits, and nobody is pinged."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest

from tests.bot.support import Hooked, Running, open_engine, write_lists
from tests.fakediscord import FakeDiscord, referee
from tests.fakediscord import world as w
from tests.fakediscord.server import parts, words

HOSTILE = [
    "**bold** _it_ ~~no~~ ||spoiler|| # heading > quote [a](http://evil.example) KV cache",
    "```py\nprint('KV cache')\n``` `tick` ``` KV cache",
    "\u202eehcac VK\u202c KV cache \u2066\u200f",
    "K" + "\u0351\u036b\u0343\u036a\u0302" * 40 + "V cache",
    f"@everyone @here <@{w.BOB}> <@!{w.BOB}> <@&{w.ROLE}> <#{w.CHANNEL}> KV cache",
    "<a:party:123456789012345678> </admin:123456789012345678> <id:customize> KV cache",
    "KV cache " + "😀" * 700,
    "\\" * 500 + "KV cache" + "\\" * 400,
    "KV cache \x00\x07\x1b[31m",
    'Asked: KV cache section:"Parallelism" kind:thesis',
    "(((" * 300 + " KV cache",
    '"; DROP TABLE papers; -- KV cache AND NEAR(',
]


@pytest.mark.parametrize("question", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_questions_are_answered_harmlessly(
    fake: FakeDiscord, bot: Running, question: str
) -> None:
    mentions = [w.user(w.BOB)] if "<@" in question else []
    answer = fake.answer(fake.say(question, mentions=mentions))
    handle = fake.command("recommend", topic=question[:1000])
    assert handle.text
    assert not fake.world.pings
    for text in (words(answer), handle.text):
        body = text.rsplit("Asked: ", 1)[0]
        assert "\u202e" not in text
        assert "```" not in body
        assert "**bold**" not in body
        assert "](http://evil" not in body
        assert not re.search(r"<[@#/]", body)
        assert "@everyone" not in body
        assert "\u0351\u036b\u0343" not in text


@pytest.mark.parametrize("question", ["x" * 3000, "KV cache " * 330])
def test_a_question_of_3000_characters_is_answered(
    fake: FakeDiscord, bot: Running, question: str
) -> None:
    assert fake.answer(fake.say(question))["embeds"]
    said = fake.say(question, mention=False)
    assert fake.menu(said).text


def test_the_fake_would_see_a_ping(fake: FakeDiscord, bot: Running) -> None:
    """The positive control: a message that pings is seen to ping, by the same measure."""
    asked = fake.say("KV cache")
    loud = {"content": f"@everyone <@{w.BOB}> <@&{w.ROLE}>", "message_reference": {
        "message_id": asked["id"], "channel_id": str(w.CHANNEL)}}  # fmt: skip
    _post(fake, loud)
    assert {whom for _, whom in fake.world.pings} == {
        "everyone", str(w.BOB), str(w.ROLE), str(w.ALICE)
    }  # fmt: skip
    fake.world.pings.clear()
    _post(fake, {**loud, "allowed_mentions": {"parse": [], "replied_user": False}})
    assert not fake.world.pings


def test_the_referee_sees_what_discord_refuses(fake: FakeDiscord) -> None:
    """The positive control for every other test: broken requests are refused and reported."""
    route = "POST /channels/{channel_id}/messages"
    button = {"type": 2, "style": 2, "label": "x", "custom_id": "same"}
    broken: list[dict[str, Any]] = [
        {"embeds": [{"title": "x" * 257}]},
        {"embeds": [{"description": "x" * 4097}]},
        {"embeds": [{"description": "x" * 3900}, {"description": "x" * 2200}]},
        {"embeds": [{"title": "x", "fields": [{"name": "x", "value": ""}]}]},
        {"content": "x" * 2001},
        {"content": "x", "components": [{"type": 1, "components": [button, button]}]},
        {"content": "x", "components": [{"type": 1, "components": [{**button, "label": "x" * 81}]}]},
        {"content": "x", "components": [
            {"type": 1, "components": [{**button, "custom_id": "x" * 101}]}]},
        {"content": "x", "components": [{"type": 1, "components": [
            {**button, "custom_id": str(n)} for n in range(6)]}]},
        {"content": "x", "components": [{"type": 1, "components": [
            {"type": 3, "custom_id": "s", "options": [
                {"label": str(n), "value": str(n)} for n in range(26)]}]}]},
        {},
    ]  # fmt: skip
    for body in broken:
        assert referee.judge_request(route, body), body
    choices = [{"name": "x", "value": "x"}] * 26
    callback = "POST /interactions/{interaction_id}/{interaction_token}/callback"
    assert referee.judge_request(callback, {"type": 8, "data": {"choices": choices}})
    assert referee.judge_request(callback, {"type": 8, "data": {"choices": choices[:25]}}) == []
    commands = "PUT /applications/{application_id}/commands"
    assert referee.judge_request(commands, [{"name": "Upper", "description": "x", "type": 1}])
    assert referee.limits()["source"].startswith("discord-api-spec 10.0.266135")


def test_25_long_hits_page_within_limits_and_none_is_lost(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("recommend", topic="speculative widgets unusually long", count=10)
    seen: list[int] = []
    for _ in range(3):
        text = handle.text
        seen += [n for n in range(1, 40) if f"**{n}. " in text]
        labels = [part.get("label") for part in parts(handle.message)]
        if "Next ▶" not in labels:
            break
        last = f"**{seen[-1] + 1}. "
        fake.click(handle.message, "Next ▶")
        fake.until(lambda last=last: last in words(handle.message), f"the page with {last}")
    assert seen[:25] == list(range(1, 26))


def test_lists_full_of_markup_cannot_break_an_answer(
    fake: FakeDiscord, start: Any, tmp_path: Any
) -> None:
    nasty = "".join(
        f"- [2024] [{title} poison]({url})\n"
        for title, url in [
            ("@everyone <@1> **x** ``` `", "https://a.example/1"),
            ("]( https://evil.example ) [x", "https://a.example/(2)?a=)b"),
            ("\u202egnitepmet " + "é" * 900, "https://a.example/" + "x" * 3000),
            ("|| spoiler || ~~ # ", "javascript:alert(1)"),
            ("😀" * 300, "https://a.example/5"),
        ]
    )
    where = write_lists(
        tmp_path / "nasty", {"n.md": f"# {'S' * 300}\n\n## poison @everyone\n{nasty}"}
    )
    start(Hooked(open_engine(where)))
    handle = fake.command("recommend", topic="poison", count=10)
    assert "javascript:" not in handle.text
    assert "\u202e" not in handle.text
    assert "```" not in handle.text
    for choice in fake.complete("paper", "name", "").choices:
        assert fake.command("paper", name=choice["value"]).text
    sections = fake.command("sections")
    assert sections.text
    assert fake.complete("recommend", "section", "poison").choices


def test_completion_offers_at_most_25_within_100_ms_at_20000_papers(
    fake: FakeDiscord, start: Any, tmp_path: Any
) -> None:
    words_ = ["widget", "cache", "model", "graph", "memory", "serving", "sparse", "robust"]
    papers = "".join(
        f"- [Study {n} of {words_[n % 8]} and {words_[n // 8 % 8]} systems](https://a.example/{n})\n"
        for n in range(20_000)
    )
    where = write_lists(tmp_path / "many", {"many.md": "# Many\n" + papers})
    start(Hooked(open_engine(where)))
    fake.complete("paper", "name", "warm").choices  # noqa: B018 - the first reads the titles
    took = []
    for typed in ["", "study", "study 1", "study 199", "zzz", "cache", "x" * 100]:
        handle = fake.complete("paper", "name", typed)
        assert len(handle.choices) <= 25
        took.append(handle.acknowledged())
    assert sorted(took)[len(took) // 2] < 0.1, took
    assert len(fake.complete("paper", "name", "study").choices) == 25
    assert fake.complete("paper", "name", "zzz").choices == []


def _post(fake: FakeDiscord, body: dict[str, Any]) -> None:
    request = urllib.request.Request(
        f"{fake.api}/channels/{w.CHANNEL}/messages",
        json.dumps(body).encode(),
        {"Authorization": f"Bot {fake.token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=5) as reply:
        assert reply.status == 200
