"""The local query mode: ask, follow up, open, page."""

import pytest

from paperbot.cli.session import Session
from paperbot.errors import UsageError


@pytest.fixture
def talk(real):
    session = Session(real)

    def say(line):
        return "\n".join("".join(text for text, _ in spans) for spans in session.reply(line))

    say.session = session
    return say


def test_a_follow_up_narrows_the_answer(talk):
    talk("agents")
    reply = talk("only surveys")
    assert "agents · only surveys" in reply
    assert "Understanding the planning of LLM agents" in reply
    assert "since 2024" in talk("since 2024")


def test_a_number_opens_a_paper_with_its_notes_and_links(talk):
    talk("Transformer-XL")
    assert "Segment-Level" in talk("1")
    assert "Segment-Level" in talk("open 1")


def test_why_shows_parts_that_add_up(talk):
    talk("kv cache")
    reply = talk("why 2?")
    values = [float(line.split()[-1]) for line in reply.splitlines()[1:]]
    assert sum(values[:-1]) == pytest.approx(values[-1], abs=0.004)


def test_more_like_2_finds_its_kin(talk):
    talk("serving many adapters")
    second = talk.session.answer.hits[1].paper
    reply = talk("more like 2")
    assert f"similar to {second.title}"[:60] in reply


def test_more_gives_the_next_page(talk):
    talk("attention")
    assert " 6. " in talk("more")


def test_a_new_question_is_not_a_follow_up(talk):
    talk("surveys since 2024 on agents")
    assert "Understood as: pruning" in talk("pruning")


def test_history_and_sections_and_help(talk):
    talk("pruning")
    assert talk("history") == "pruning"
    assert "KV Cache" in talk("sections")
    assert "quit" in talk("help")


def test_a_number_that_is_not_there_is_said(talk):
    talk("pruning")
    with pytest.raises(UsageError, match="no paper 99"):
        talk("open 99")


def test_completion_finds_titles_and_nicknames(real):
    assert any("vLLM" in found.title for found in real.complete("vll"))
    assert real.complete("paged")[0].title.startswith("vLLM")
    assert real.complete("slor")[0].title.startswith("S-LoRA")
