"""Buttons, selects and the form: the state is in the message, and a click is answered once."""

from __future__ import annotations

import time
from typing import Any

from paperbot.bot import ids
from tests.bot.support import Hooked, Running
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w
from tests.fakediscord.server import find, parts, words


def test_a_button_works_after_a_restart(fake: FakeDiscord, start: Any) -> None:
    first = start()
    answer = fake.answer(fake.say("KV cache"))
    handle = fake.command("recommend", topic="KV cache", since=2022)
    assert handle.text
    first.stop()
    fake.gateway.session = None
    start()
    fake.click(answer, "Next ▶")
    fake.until(lambda: "**6." in words(answer), "the page after a restart")
    form = fake.click(handle.message, "Ask more")
    assert "KV cache · since 2022 · starred" in fake.submit(form, "starred").text


def test_every_page_is_reached_and_left_again(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    first = words(answer)
    fake.click(answer, "Next ▶")
    fake.until(lambda: "**6." in words(answer), "page 2")
    assert "6–10 of" in words(answer)
    fake.click(answer, "◀ Back")
    fake.until(lambda: "**1." in words(answer), "page 1")
    assert words(answer) == first


def test_a_dead_button_gets_a_polite_word(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    for custom_id in ("something-else", "p9:n:1:2:3:4", "p2:zz", "p2:n:!:5:5:", "p2:n::-5:5:"):
        handle = fake.press(answer, custom_id)
        assert handle.private
        assert "no longer know" in handle.text
    bare = {**answer, "embeds": [], "id": str(w.snowflake())}
    assert "no longer know" in fake.press(bare, find(answer, "Next ▶")["custom_id"]).text


def test_ids_of_version_one_are_still_read(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    handle = fake.press(answer, "p1:n:5:")
    assert handle.private, "a version 1 button is everyone's, so the page comes as a new message"
    assert "**6." in handle.text


def test_a_paper_that_has_left_the_lists_gets_a_word(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    gone = ids.ButtonId("like", w.ALICE, key="arxiv:0000.00000").encode()
    handle = fake.press(answer, gone)
    fake.until(lambda: handle.followed, "a word")
    assert "No paper" in words(handle.followed[0])
    assert handle.followed[0]["flags"] & 64
    assert "**1." in words(answer), "the answer stays"


def test_a_double_click_is_answered_once(fake: FakeDiscord, bot: Running, engine: Hooked) -> None:
    answer = fake.answer(fake.say("KV cache"))
    engine.before = lambda name, args: time.sleep(0.3) if name == "similar" else None
    part = next(p for p in parts(answer) if p["type"] == 3)
    one, two = fake.choose(answer, 0), fake.choose(answer, 0)
    assert one.text
    assert two.acknowledged() < 3
    assert two.pending.answered == 6, "the second click is taken and does nothing"
    assert not two.followed
    assert engine.calls.count("similar") == 1
    assert part["options"][0]["label"].startswith("1. ")


def test_another_members_click_gets_a_page_of_their_own(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache", by=w.ALICE))
    before = words(answer)
    handle = fake.click(answer, "Next ▶", by=w.BOB)
    assert handle.private
    assert "**6." in handle.text
    assert words(answer) == before


def test_ask_more_opens_a_form_and_answers_it(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    form = fake.click(answer, "Ask more")
    assert form.modal["title"] == "Ask more"
    box = form.modal["components"][0]["components"][0]
    assert box["max_length"] == 300
    reply = fake.submit(form, "since 2024")
    assert reply.private
    assert "KV cache since 2024" in reply.text


def test_a_form_keeps_to_its_limits_and_takes_any_text(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache " * 150))
    form = fake.click(answer, "Ask more")
    box = form.modal["components"][0]["components"][0]
    assert len(form.modal["title"]) <= 45
    assert len(box["label"]) <= 45
    assert len(box["placeholder"]) <= 100
    for text in ("", "x" * 4000, "@everyone ```", "\u202e"):
        assert fake.submit(form, text).text


def test_a_form_sent_after_a_restart_is_answered(fake: FakeDiscord, start: Any) -> None:
    first = start()
    form = fake.click(fake.answer(fake.say("KV cache")), "Ask more")
    assert form.modal
    first.stop()
    fake.gateway.session = None
    start()
    assert "Why 1?" in fake.submit(form, "why 1?").text


def test_a_form_with_a_fresh_question_is_a_fresh_question(fake: FakeDiscord, bot: Running) -> None:
    form = fake.click(fake.answer(fake.say("KV cache")), "Ask more")
    text = fake.submit(form, "scheduling of prefill and decode").text
    assert "Scheduling of prefill" in text
    assert "Asked: scheduling" in text


def test_clicking_a_deleted_answer_is_survived(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("KV cache"))
    del fake.world.messages[int(answer["id"])]
    handle = fake.click(answer, "Next ▶")
    assert handle.acknowledged() < 3
    assert "KV cache" in words(fake.answer(fake.say("KV cache", by=w.BOB)))
