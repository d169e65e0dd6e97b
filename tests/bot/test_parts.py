"""The pure parts: ids, states, texts, embeds, logs; what must hold of any input."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperbot.bot import BotConfig, embeds, ids, logs, state, text
from paperbot.bot.counters import Counters
from paperbot.bot.ids import ButtonId
from paperbot.paper import Link, Mention, Note, Paper
from paperbot.search.answer import Answer, Hit, Part, Query
from tests.fakediscord import referee

ANY = st.text(max_size=400)
SNOWFLAKE = st.integers(1, 2**63 - 1)


@given(
    st.sampled_from(["page", "like", "more", "ask", "share", "sections", "section", "paper"]),
    st.none() | SNOWFLAKE, st.integers(0, 99_999), st.integers(0, 99), st.text(max_size=60),
)  # fmt: skip
def test_a_custom_id_is_read_back_and_fits(action, owner, offset, size, key) -> None:  # type: ignore[no-untyped-def]
    meaning = ButtonId(action, owner, offset, size, key)
    assert ids.decode(meaning.encode()) == meaning
    assert len(meaning.encode()) <= 100
    assert ids.fits(key)


@given(ANY)
def test_no_custom_id_of_others_is_misread(custom_id: str) -> None:
    meaning = ids.decode(custom_id)
    assert meaning is None or custom_id.startswith(("p1:", "p2:"))


def test_ids_of_version_one_keep_their_meaning() -> None:
    assert ids.decode("p1:n:10:") == ButtonId("page", None, 10)
    assert ids.decode("p1:l:5:doi:10.1/x:y") == ButtonId("like", None, 5, key="doi:10.1/x:y")


def test_a_key_too_long_for_a_button_is_refused() -> None:
    assert not ids.fits("x" * 90)
    with pytest.raises(ValueError, match="100 characters"):
        ButtonId("like", 2**62, 10, 5, "x" * 90).encode()


@given(st.text(max_size=1400), st.booleans())
def test_a_footer_is_read_back(words: str, like: bool) -> None:
    words = text.plain(words)
    before = state.State(words, like)
    assert len(before.footer()) <= 1500
    assert before.footer().endswith("…") or state.read(before.footer()) == before
    assert state.read("Seen on " + words) is None


@given(ANY, st.integers(2, 100))
def test_cut_never_exceeds_its_limit_as_discord_counts(words: str, limit: int) -> None:
    assert len(text.cut(words, limit).encode("utf-16-le", "surrogatepass")) // 2 <= limit


@given(ANY)
def test_escaped_text_holds_no_markup_and_no_mention(words: str) -> None:
    safe = text.escape(words, 200)
    bare = safe.replace("\\\\", "")
    for mark in "*_~`|[]#<>":
        assert bare.count(mark) == bare.count("\\" + mark)
    assert "@everyone" not in safe
    assert "://" not in safe
    assert "\n" not in safe


def _paper(title: str, url: str, venue: str, alias: str) -> Paper:
    mention = Mention("a.md", 1, 0, title, (title[:50], venue))
    return Paper(
        "t:x", title, (mention,) * 30, aliases=(alias,) * 30, venue=venue, citations=10**9,
        stars=9, year=2024, authors=(alias,) * 100, links=(Link("paper", url),) * 40,
        notes=(Note(title * 3, "a.md", 3),) * 30,
    )  # fmt: skip


@settings(max_examples=60)
@given(ANY, ANY, ANY, st.integers(1, 10), st.sampled_from(["close", "loose", "nothing"]))
@example("0𐀀0𐀀0𐀀0𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀃𝖕𝖘𝖘𝖘𝖛𝖜𝖝", "", "0𐀀0𐀀0𐀀0𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀀𐀃𝖕𝖘𝖘𝖘𝖛𝖜𝖝", 9, "close")
def test_any_answer_fits_discords_limits(title, url, why, count, confidence) -> None:  # type: ignore[no-untyped-def]
    title = (title or "x") * 8
    paper = _paper(title, "https://a.example/" + url, why[:80], title)
    parts = tuple(Part(why[:100], 0.5) for _ in range(20))
    hits = tuple(Hit(n + 1, paper, 1.0, parts, why * 3) for n in range(count))
    answer = Answer(Query(title, title), why * 5, confidence, hits, 99, ((title,),) * 9, (why,) * 9)
    kept = state.State(title * 3)
    for embed in (
        embeds.answer_embed(answer, kept, 0), embeds.why_embed(hits[0], kept),
        embeds.paper_embed(paper),
    ):  # fmt: skip
        body = {"embeds": [embed.to_dict()]}
        assert referee.judge_request("POST /channels/{channel_id}/messages", body) == []
    if confidence != "nothing":
        shown = embeds.answer_embed(answer, kept, 0).description or ""
        assert all(f"**{n}. " in shown for n in range(1, count + 1)), "a hit was dropped"


def test_the_lists_are_looked_at_each_minute_and_built_when_quiet_for_5_s() -> None:
    config = BotConfig("the.secret.token", Path("lists"), Path("state"))
    assert (config.poll_every, config.quiet_for) == (60.0, 5.0)
    assert config.build_command[1:] == ("-m", "paperbot", "build")
    assert "secret" not in repr(config)


def test_latencies_and_shares() -> None:
    counters = Counters()
    assert counters.percentile(0.5) is None
    assert counters.nothing_share is None
    for number in range(100):
        counters.answered(float(number), nothing=number < 25)
    assert counters.percentile(0.5) == 50
    assert counters.percentile(0.95) == 95
    assert counters.nothing_share == 0.25


def _logged(level: int) -> str:
    out = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logs.set_up("the.secret.token", level=level, to=out)
        try:
            raise ValueError("asked: private words")
        except ValueError as error:
            logs.note("error", level=logging.ERROR, error=error, id="1234")
        logging.getLogger("discord").warning(
            "at /webhooks/12345/AbC-dEf_123/messages the.secret.token"
        )
        logging.getLogger("paperbot.bot").debug("question: private words")
    finally:
        root.handlers[:], level = before
        root.setLevel(level)
    return out.getvalue()


def test_logs_are_json_hold_no_token_and_no_words_above_debug() -> None:
    said = _logged(logging.INFO)
    lines = [json.loads(line) for line in said.splitlines()]
    assert lines[0]["event"] == "error"
    assert lines[0]["id"] == "1234"
    assert "ValueError" in lines[0]["trace"]
    assert "private words" not in said
    assert "secret" not in said
    assert "AbC-dEf" not in said


def test_debug_logs_hold_the_words_but_never_a_token() -> None:
    said = _logged(logging.DEBUG)
    assert said.count("private words") >= 2
    assert "secret" not in said
    assert "AbC-dEf" not in said


def test_health_and_the_package_load_no_discord_library() -> None:
    code = (
        "import sys, paperbot.bot as b; b.health; b.BotConfig; "
        "bad = {'discord', 'aiohttp', 'numpy', 'faiss', 'torch', 'onnxruntime'} & set(sys.modules); "
        "assert not bad, bad"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
