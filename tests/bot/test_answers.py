"""What members get when they ask."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.bot.support import Running
from tests.fakediscord import FakeDiscord
from tests.fakediscord import world as w
from tests.fakediscord.server import find, parts, words


def test_a_mention_is_answered_with_papers_as_a_reply(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("what should I read on KV cache?"))
    text = words(answer)
    assert "KV cache" in text
    assert "https://arxiv.org/abs/" in text
    assert answer["embeds"][0]["footer"]["text"].startswith("Asked: ")
    assert [part.get("label") for part in parts(answer)][:2] == ["Next ▶", "Ask more"]
    assert not fake.world.pings


def test_an_answer_shows_year_venue_citations_stars_and_why(
    fake: FakeDiscord, bot: Running
) -> None:
    text = fake.command("recommend", topic="PagedAttention memory management").text
    first = text.split("**2.")[0]
    assert "2023 · SOSP · 60 citations · ⭐" in first
    assert "[Efficient Memory Management" in first
    assert len(first.split("⭐")[1].strip()) > 10, "no line of why"


def test_recommend_is_private_to_the_asker(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("recommend", topic="KV cache")
    assert handle.private
    assert "KV cache" in handle.text


def test_recommend_keeps_its_options_on_every_page(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command(
        "recommend", topic="KV cache", since=2022, until=2024, section="KV cache", kind="paper",
        starred=False, count=2,
    )  # fmt: skip
    assert "Scheduling" not in handle.text
    assert "2021" not in handle.text
    second = fake.click(handle.message, "Next ▶")
    fake.until(lambda: "**3." in words(handle.message), "the second page")
    assert second.pending.answered == 6, "the page is turned in place"
    assert "**5." not in words(handle.message)
    footer = handle.message["embeds"][0]["footer"]["text"]
    assert 'section:"KV cache"' in footer
    assert "kind:paper" in footer
    assert "Megatron" not in words(handle.message)


def test_starred_asks_for_starred_papers_alone(fake: FakeDiscord, bot: Running) -> None:
    text = fake.command("recommend", topic="memory", starred=True).text
    assert "PagedAttention" in text
    assert "Megatron" not in text


@pytest.mark.parametrize("follow_up", ["since 2024", "papers since 2024"])
def test_a_reply_that_pings_follows_up(fake: FakeDiscord, bot: Running, follow_up: str) -> None:
    first = fake.answer(fake.say("KV cache"))
    second = fake.answer(fake.say(follow_up, reply_to=first))
    text = words(second)
    assert "since 2024" in text
    assert "KV cache" in text
    assert "Evicting" not in text


def test_why_tells_the_parts_of_a_hit(fake: FakeDiscord, bot: Running) -> None:
    first = fake.answer(fake.say("KV cache"))
    text = words(fake.answer(fake.say("why 2?", reply_to=first)))
    assert "Why 2?" in text
    assert "**2." in text
    assert "together" in text
    assert "has no number 99" in words(fake.answer(fake.say("why 99?", reply_to=first)))


def test_more_like_a_number_follows_up(fake: FakeDiscord, bot: Running) -> None:
    first = fake.answer(fake.say("KV cache"))
    text = words(fake.answer(fake.say("more like 1", reply_to=first)))
    assert "Like: " in text


def test_where_do_i_start_is_answered_with_a_path_and_the_others_behind_it(
    fake: FakeDiscord, bot: Running
) -> None:
    answer = fake.answer(fake.say("where do I start with KV cache?"))
    text = words(answer)
    assert "Where to start with KV cache" in text
    survey, ground, newest = map(text.index, ("A survey first", "Groundwork", "The newest"))
    assert survey < text.index("A survey of KV cache management") < ground < newest
    assert newest < text.index("Quantised KV cache kernels")
    told = words(fake.answer(fake.say("why 1?", reply_to=answer)))
    assert "A survey of KV cache management" in told
    fake.click(answer, "Next ▶")
    steps = len(re.findall(r"\*\*\d+\. ", text))
    fake.until(lambda: f"**{steps + 1}. " in words(answer), "what is left of the ranking")
    assert "A survey of KV cache management" not in words(answer)


def test_private_messages_are_answered_and_followed_up(fake: FakeDiscord, bot: Running) -> None:
    first = fake.answer(fake.say("KV cache", private=True))
    assert "KV cache" in words(first)
    assert "Share in channel" not in [part.get("label") for part in parts(first)]
    second = fake.answer(fake.say("since 2024", private=True))
    assert "KV cache" in words(second)
    assert "since 2024" in words(second)


def test_commands_work_in_private_messages(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("recommend", topic="KV cache", private=True)
    assert "KV cache" in handle.text
    assert not handle.private, "nobody else reads a private channel"


def test_nothing_close_is_said_and_offers_sections(fake: FakeDiscord, bot: Running) -> None:
    answer = fake.answer(fake.say("sourdough zymurgy qwertyuiop"))
    assert "Nothing close" in words(answer)
    assert "http" not in words(answer)
    chosen = fake.choose(answer, 0)
    assert chosen.private
    assert "https://arxiv.org" in chosen.text


def test_paper_shows_all_about_one(fake: FakeDiscord, bot: Running) -> None:
    choices = fake.complete("paper", "name", "megatron").choices
    assert choices[0]["name"].startswith("Megatron-LM")
    handle = fake.command("paper", name=choices[0]["value"])
    assert handle.private
    assert "training.md" in handle.text
    assert "Parallelism" in handle.text
    assert "https://arxiv.org/abs/1909.08053" in handle.text
    like = fake.click(handle.message, "More like this")
    assert "Like: Megatron" in like.text


def test_a_mistyped_paper_offers_the_nearest(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("paper", name="Megatron LM Trainning Multi-Billion")
    assert "No paper" in handle.text
    assert "Megatron" in fake.choose(handle.message, 0).text


def test_similar_finds_papers_like_one(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("similar", paper="KV cache compression for long contexts")
    assert "KV cache" in handle.text
    assert "**1. [KV cache compression" not in handle.text
    fake.click(handle.message, "Next ▶")
    fake.until(lambda: "**6." in words(handle.message), "the second page")


def test_sections_lists_and_opens_them(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("sections")
    assert "KV cache" in handle.text
    opened = fake.choose(handle.message, 0)
    assert "https://" in opened.text


def test_help_says_what_is_kept(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("help")
    assert "What I keep of you: nothing" in handle.text
    assert handle.private


def test_the_message_menu_finds_papers_like_a_message(fake: FakeDiscord, bot: Running) -> None:
    said = fake.say("we keep evicting the KV cache when contexts are long", mention=False)
    handle = fake.menu(said)
    assert handle.private
    assert "KV cache" in handle.text
    assert not fake.answers(said), "it must not answer in the channel"


def test_the_message_menu_on_a_message_without_text(fake: FakeDiscord, bot: Running) -> None:
    said = fake.say("", mention=False)
    assert "no text" in fake.menu(said).text
    preview = fake.say("", mention=False, embeds=[{"type": "link", "title": "KV cache offloading"}])
    assert "KV cache" in fake.menu(preview).text


def test_share_puts_the_answer_into_the_channel_once(fake: FakeDiscord, bot: Running) -> None:
    handle = fake.command("recommend", topic="KV cache")
    share = fake.click(handle.message, "Share in channel")
    fake.until(lambda: share.followed, "the shared answer")
    shared = share.followed[0]
    assert not shared["flags"] & 64
    assert words(shared) == handle.text
    assert "Share in channel" not in [part.get("label") for part in parts(shared)]
    assert find(handle.message, "Shared")["disabled"]
    fake.click(shared, "Next ▶")
    fake.until(lambda: "**6." in words(shared), "the shared answer's second page")


def test_answers_only_where_it_should(fake: FakeDiscord, bot: Running) -> None:
    silent = [
        fake.say("KV cache", by=6001, mention=False),
        fake.say("KV cache", by=6002, bot=True),
        fake.say("KV cache", by=6003, bot=True, private=True),
        fake.say("KV cache", by=w.APP, bot=True),
        fake.say("KV cache", by=6004, webhook_id="123456789012345678"),
        fake.say("KV cache", by=6005, type=7),
        fake.say("@everyone KV cache", by=6006, mention=False, mention_everyone=True),
        fake.say(f"<@&{w.ROLE}> KV cache", by=6007, mention=False, mention_roles=[str(w.ROLE)]),
    ]
    spoken = fake.say("KV cache")
    fake.answer(spoken)
    time.sleep(0.3)
    assert not [one for one in silent if fake.answers(one)]
    assert len(fake.answers()) == 2, "more than the answer and what it was made to say itself"


def test_asks_for_no_privileged_intent(fake: FakeDiscord, bot: Running) -> None:
    intents = fake.gateway.identifies[0]["intents"]
    assert intents & (1 << 1 | 1 << 8 | 1 << 15) == 0


def test_one_chosen_channel_is_answered_without_mentions(fake: FakeDiscord, start: Any) -> None:
    fake.world.privileged = True
    start(channel=w.OTHER_CHANNEL)
    here = fake.say("KV cache", mention=False, where=w.OTHER_CHANNEL)
    elsewhere = fake.say("KV cache", mention=False)
    own = fake.say("KV cache", mention=False, where=w.OTHER_CHANNEL, by=w.APP, bot=True)
    assert "KV cache" in words(fake.answer(here))
    assert not fake.answers(elsewhere)
    assert not fake.answers(own)
    assert f"<#{w.OTHER_CHANNEL}>" in fake.command("help").text


def test_an_empty_mention_gets_an_example(fake: FakeDiscord, bot: Running) -> None:
    assert "for example" in words(fake.answer(fake.say("")))
    assert "for example" in words(fake.answer(fake.say("???")))
