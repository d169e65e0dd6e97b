"""Slow, failing and crowded: how the bot behaves when things are not as they should be."""

from __future__ import annotations

import asyncio
import gc
import io
import itertools
import json
import re
import threading
import time
from typing import Any

from paperbot.errors import BadIndex
from tests.bot.support import Hooked, Running
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w
from tests.fakediscord.server import words


def test_acknowledged_under_500_ms_while_the_engine_takes_4_s(
    fake: FakeDiscord, bot: Running, engine: Hooked
) -> None:
    engine.before = lambda name, args: time.sleep(4) if name == "ask" else None
    handle = fake.command("recommend", topic="KV cache")
    assert handle.acknowledged() < 0.5
    asked, began = fake.say("KV cache", by=w.BOB), time.monotonic()
    fake.until(lambda: fake.count("POST", "/typing"), "typing to be shown", 0.5)
    assert "KV cache" in handle.text
    assert "KV cache" in words(fake.answer(asked))
    assert time.monotonic() - began > 3.5, "the engine was not slow"


def test_member_two_is_answered_while_member_ones_question_hangs(
    fake: FakeDiscord, bot: Running, engine: Hooked
) -> None:
    free = threading.Event()
    engine.before = lambda name, args: free.wait(20) and None if "hang" in str(args) else None
    stuck = fake.command("recommend", topic="hang", by=w.ALICE)
    stuck.acknowledged()
    for _ in range(3):
        again = fake.command("recommend", topic="hang again", by=w.ALICE)
        assert "still at your last question" in again.text
    began = time.monotonic()
    assert "KV cache" in fake.command("recommend", topic="KV cache", by=w.BOB).text
    assert time.monotonic() - began < 2
    free.set()
    assert stuck.text


def test_a_question_without_end_is_given_up(
    fake: FakeDiscord, start: Any, engine: Hooked, logged: io.StringIO
) -> None:
    start(answer_timeout=0.3)
    free = threading.Event()
    engine.before = lambda name, args: free.wait(5) and None if name == "ask" else None
    handle = fake.command("recommend", topic="KV cache")
    assert "took me too long" in handle.text
    free.set()
    time.sleep(0.1)
    engine.before = None
    assert "KV cache" in fake.command("recommend", topic="KV cache").text


def test_beyond_capacity_it_refuses_politely(fake: FakeDiscord, start: Any, engine: Hooked) -> None:
    start(workers=2, waiting=1)
    free = threading.Event()
    engine.before = lambda name, args: free.wait(10) and None if name == "ask" else None
    taken = [fake.command("recommend", topic="KV cache", by=1000 + n) for n in range(3)]
    for handle in taken:
        handle.acknowledged()
    time.sleep(0.05)
    refused = fake.command("recommend", topic="KV cache", by=2000)
    assert "more questions than I can hold" in refused.text
    free.set()
    assert all("KV cache" in handle.text for handle in taken)


def test_a_cooldown_per_member_says_how_long(fake: FakeDiscord, start: Any) -> None:
    start(cooldown=1.0)
    assert "KV cache" in fake.command("recommend", topic="KV cache").text
    text = fake.command("recommend", topic="KV cache").text
    wait = re.search(r"One question every 1 s, please: ask again in (\d\.\d) s", text)
    assert wait, text
    assert "KV cache" in fake.command("recommend", topic="KV cache", by=w.BOB).text
    time.sleep(float(wait[1]) + 0.1)
    assert "Read on" in fake.command("recommend", topic="KV cache").text


def test_a_flood_of_mentions_is_told_once(fake: FakeDiscord, start: Any) -> None:
    start(cooldown=5.0)
    fake.answer(fake.say("KV cache"))
    for _ in range(5):
        fake.say("KV cache")
    fake.answer(fake.say("KV cache", by=w.BOB))
    told = [one for one in fake.answers() if "One question every" in words(one)]
    assert len(told) == 1


def test_turning_pages_knows_no_cooldown(fake: FakeDiscord, start: Any) -> None:
    start(cooldown=60.0)
    answer = fake.answer(fake.say("KV cache"))
    fake.click(answer, "Next ▶")
    fake.until(lambda: "**6." in words(answer), "page 2")
    fake.click(answer, "Next ▶")
    fake.until(lambda: "**11." in words(answer), "page 3")


def test_an_engine_error_is_a_sentence_with_an_id_that_the_log_explains(
    fake: FakeDiscord, bot: Running, engine: Hooked, logged: io.StringIO
) -> None:
    def fail(name: str, args: Any) -> None:
        if name == "ask":
            raise RuntimeError(f"secret question {args}")

    engine.before = fail
    handle = fake.command("recommend", topic="KV cache private words")
    number = re.search(r"error `([0-9a-f]{8})`", handle.text)
    assert number, handle.text
    assert "RuntimeError" not in handle.text
    assert "Traceback" not in handle.text
    reply = words(fake.answer(fake.say("KV cache", by=w.BOB)))
    assert re.search(r"error `[0-9a-f]{8}`", reply)
    lines = [json.loads(line) for line in logged.getvalue().splitlines()]
    line = next(one for one in lines if one.get("id") == number[1])
    assert "builtins.RuntimeError" in line["trace"]
    assert "support.py" in line["trace"]
    assert "private words" not in logged.getvalue()


def test_an_error_that_nobody_caught_is_logged_without_its_words(
    fake: FakeDiscord, bot: Running, logged: io.StringIO
) -> None:
    async def forgotten() -> None:
        raise ValueError("private words")

    async def start() -> None:
        asyncio.create_task(forgotten())  # noqa: RUF006 - forgotten on purpose

    bot.call(start())
    time.sleep(0.05)
    gc.collect()
    fake.until(lambda: "unhandled error" in logged.getvalue(), "the log line")
    assert "builtins.ValueError" in logged.getvalue()
    assert "private words" not in logged.getvalue()


def test_the_engine_down_then_back(fake: FakeDiscord, bot: Running, engine: Hooked) -> None:
    def down(name: str, args: Any) -> None:
        raise BadIndex("the index is being replaced")

    engine.before = down
    assert "Something went wrong" in fake.command("recommend", topic="KV cache").text
    assert fake.complete("paper", "name", "kv").choices == []
    assert "Something went wrong" in fake.command("paper", name="Orca").text
    engine.before = None
    assert "KV cache" in fake.command("recommend", topic="KV cache").text
    assert fake.complete("paper", "name", "kv").choices


def test_completion_is_empty_rather_than_late(
    fake: FakeDiscord, bot: Running, engine: Hooked
) -> None:
    engine.before = lambda name, args: time.sleep(1.5) if name == "complete" else None
    handle = fake.complete("paper", "name", "kv")
    assert handle.choices == []
    assert handle.acknowledged() < 1.3


def test_completion_does_not_wait_behind_questions(
    fake: FakeDiscord, start: Any, engine: Hooked
) -> None:
    start(workers=1)
    free = threading.Event()
    engine.before = lambda name, args: free.wait(10) and None if name == "ask" else None
    fake.command("recommend", topic="KV cache").acknowledged()
    handle = fake.complete("paper", "name", "kv")
    assert handle.choices
    assert handle.acknowledged() < 0.5
    free.set()


def test_50_members_at_once_are_all_answered_and_the_heart_beats_on(
    fake: FakeDiscord, bot: Running, engine: Hooked
) -> None:
    engine.before = lambda name, args: time.sleep(0.1) if name == "ask" else None
    began = time.monotonic()
    handles = [fake.command("recommend", topic=f"KV cache {n}", by=3000 + n) for n in range(50)]
    assert all("KV cache" in handle.text for handle in handles)
    assert max(handle.acknowledged() for handle in handles) < 1.5
    fake.until(lambda: time.monotonic() - began > 1.6, "a few heartbeats")
    beats = [at for at in fake.gateway.beats if at > began - 0.6]
    gaps = [later - sooner for sooner, later in itertools.pairwise(beats)]
    assert len(beats) >= 3
    assert max(gaps) < 1.0, gaps


def test_a_late_acknowledgement_is_survived(
    fake: FakeDiscord, bot: Running, logged: io.StringIO
) -> None:
    fault = fake.fail("POST", "/callback", 0, delay=0.2)
    handle = fake.command("recommend", topic="KV cache")
    time.sleep(0.05)
    fake.world.clock.advance(5)
    fake.until(lambda: "acknowledgement not delivered" in logged.getvalue(), "the log line")
    assert fault.times == 0
    assert handle.pending.answered is None
    assert '"code": 10062' in logged.getvalue()
    assert "KV cache" in fake.command("recommend", topic="KV cache").text


def test_a_token_that_expires_after_15_minutes_is_survived(
    fake: FakeDiscord, bot: Running, engine: Hooked, logged: io.StringIO
) -> None:
    free = threading.Event()
    engine.before = lambda name, args: free.wait(5) and None if name == "ask" else None
    handle = fake.command("recommend", topic="KV cache")
    handle.acknowledged()
    fake.world.clock.advance(901)
    free.set()
    fake.until(lambda: '"code": 50027' in logged.getvalue(), "the log line")
    engine.before = None
    assert "KV cache" in fake.command("recommend", topic="KV cache").text


def test_a_question_deleted_before_its_answer_is_let_go(
    fake: FakeDiscord, bot: Running, engine: Hooked, logged: io.StringIO
) -> None:
    free = threading.Event()
    engine.before = lambda name, args: free.wait(5) and None if name == "ask" else None
    asked = fake.say("KV cache")
    fake.until(lambda: "ask" in engine.calls, "the question to be taken")
    del fake.world.messages[int(asked["id"])]
    free.set()
    fake.until(lambda: "question deleted" in logged.getvalue(), "the log line")
    assert not fake.answers()


def test_a_missing_permission_is_logged_once(
    fake: FakeDiscord, bot: Running, logged: io.StringIO
) -> None:
    fake.world.denied.add(w.CHANNEL)
    for number in range(3):
        fake.say("KV cache", by=4000 + number)
    fake.until(lambda: fake.count("POST", "/messages") == 3, "three refusals")
    answer = fake.answer(fake.say("KV cache", where=w.OTHER_CHANNEL))
    assert answer
    time.sleep(0.1)
    assert logged.getvalue().count("may not answer here") == 1
    assert "Embed Links" in logged.getvalue()
