"""Discord's own bad days: lost connections, rate limits, failing servers."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from tests.bot.support import Hooked, Running
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w
from tests.fakediscord.server import words


@pytest.mark.parametrize("how", ["op 7", "op 9, resumable", "close 4000", "close 1000"])
def test_a_lost_connection_is_resumed_and_each_question_answered_once(
    fake: FakeDiscord, bot: Running, engine: Hooked, how: str
) -> None:
    free = threading.Event()
    engine.before = lambda name, args: free.wait(8) and None if name == "ask" else None
    during = fake.say("KV cache one", by=w.ALICE)
    clicked = fake.command("recommend", topic="KV cache two", by=w.BOB)
    fake.until(lambda: engine.calls.count("ask") == 2, "both questions to be taken")
    if how == "op 7":
        fake.reconnect()
    elif how == "op 9, resumable":
        fake.invalidate(resumable=True)
    else:
        fake.close(int(how.split()[1]))
    missed = fake.say("KV cache three", by=w.CAROL)
    fake.until(lambda: fake.gateway.resumes == 1, "the session to be resumed")
    free.set()
    assert "KV cache" in clicked.text
    for asked in (during, missed):
        assert "KV cache" in words(fake.answer(asked))
    after = fake.say("KV cache four", by=5000)
    fake.answer(after)
    time.sleep(0.2)
    assert [len(fake.answers(asked)) for asked in (during, missed, after)] == [1, 1, 1]
    assert len(fake.gateway.identifies) == 1, "it resumed; it did not start anew"


def test_an_invalid_session_starts_anew(fake: FakeDiscord, bot: Running) -> None:
    before = fake.answer(fake.say("KV cache"))
    fake.invalidate(resumable=False)
    fake.until(lambda: len(fake.gateway.identifies) == 2, "a new session", 12)
    asked = fake.say("KV cache again", by=w.BOB)
    assert "KV cache" in words(fake.answer(asked))
    assert len(fake.answers(asked)) == 1
    fake.click(before, "Next ▶")
    fake.until(lambda: "**6." in words(before), "an old button in the new session")


def test_a_gateway_that_is_down_at_the_start_is_waited_for(fake: FakeDiscord, start: Any) -> None:
    fake.gateway.down = True
    up = threading.Timer(1.0, lambda: setattr(fake.gateway, "down", False))
    up.start()
    start()
    assert fake.answer(fake.say("KV cache"))


def test_an_event_delivered_twice_is_answered_once(fake: FakeDiscord, bot: Running) -> None:
    asked = fake.say("KV cache", again=True)
    fake.answer(asked)
    fake.answer(fake.say("KV cache", by=w.BOB))
    time.sleep(0.1)
    assert len(fake.answers(asked)) == 1


def test_a_rate_limit_on_the_channel_is_waited_out(fake: FakeDiscord, bot: Running) -> None:
    fault = fake.fail("POST", "/messages", 429, retry_after=0.5)
    began = time.monotonic()
    asked = fake.say("KV cache")
    assert "KV cache" in words(fake.answer(asked))
    assert time.monotonic() - began > 0.45
    assert fault.times == 0
    assert len(fake.answers(asked)) == 1


def test_a_rate_limit_on_the_webhook_is_waited_out(fake: FakeDiscord, bot: Running) -> None:
    fault = fake.fail("PATCH", "/messages/@original", 429, retry_after=0.5)
    assert "KV cache" in fake.command("recommend", topic="KV cache").text
    assert fault.times == 0


def test_a_global_rate_limit_is_waited_out_by_all(fake: FakeDiscord, bot: Running) -> None:
    fault = fake.fail("POST", "/messages", 429, retry_after=0.5, everywhere=True)
    first, began = fake.say("KV cache"), time.monotonic()
    fake.until(lambda: fault.times == 0, "the limit to be hit")
    second = fake.say("KV cache", by=w.BOB, where=w.OTHER_CHANNEL)
    assert fake.answer(second)
    assert fake.answer(first)
    assert time.monotonic() - began > 0.45


def test_a_slow_typing_notice_does_not_hold_up_the_answer(fake: FakeDiscord, bot: Running) -> None:
    fake.fail("POST", "/typing", 429, retry_after=5.0)
    began = time.monotonic()
    assert fake.answer(fake.say("KV cache"))
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(("method", "part"), [("POST", "/messages"), ("PATCH", "/@original")])
def test_a_failing_server_is_tried_again(
    fake: FakeDiscord, bot: Running, method: str, part: str
) -> None:
    fault = fake.fail(method, part, 502)
    if method == "POST":
        assert "KV cache" in words(fake.answer(fake.say("KV cache")))
    else:
        assert "KV cache" in fake.command("recommend", topic="KV cache").text
    assert fault.times == 0


def test_a_refused_answer_does_not_stop_the_next(
    fake: FakeDiscord, bot: Running, logged: Any
) -> None:
    fake.fail("POST", "/messages", 400)
    fake.say("KV cache")
    fake.until(lambda: "answer not delivered" in logged.getvalue(), "the log line")
    assert fake.answer(fake.say("KV cache", by=w.BOB))
