"""The command line as a user meets it: real processes, real lists, the real model."""

import json

import pytest

from ..conftest import TINY, run_paperbot


def test_ask_prints_a_ranked_explained_answer(paperbot):
    done = paperbot("ask", "what should I read on KV cache compression?")
    assert done.returncode == 0
    assert "Understood as: KV cache compression" in done.stdout
    assert " 1. Unifying KV Cache Compression" in done.stdout
    assert "why: matches" in done.stdout
    assert "\x1b[" not in done.stdout
    assert done.stderr == ""


def test_json_has_its_documented_shape_and_parts_add_up(paperbot):
    answer = json.loads(paperbot("ask", "vLLM", "--json", "-n", "2").stdout)
    assert answer.keys() >= {"question", "understood", "confidence", "hits", "took_ms"}
    assert answer["confidence"] in ("close", "loose", "nothing")
    assert len(answer["hits"]) == 2
    hit = answer["hits"][0]
    assert hit.keys() == {
        *("rank", "id", "title", "year", "venue", "citations", "stars", "sections"),
        *("links", "score", "parts", "why"),
    }
    assert sum(hit["parts"].values()) == pytest.approx(hit["score"])


def test_a_batch_answers_a_question_a_line(paperbot):
    done = paperbot("ask", "--batch", "-", stdin="pruning\n\n???\nLoRA\n")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["question"] for line in lines] == ["pruning", "???", "LoRA"]
    assert "error" in lines[1]
    assert lines[2]["hits"][0]["title"].startswith("LoRA")


def test_filters_of_the_command_line_are_shown_and_hold(paperbot):
    done = paperbot("ask", "serving", "--since", "2024", "--starred", "--section", "infer")
    assert "since 2024" in done.stdout
    assert "starred" in done.stdout


def test_show_tells_notes_links_and_places(paperbot):
    done = paperbot("show", "transformer-xl")
    assert "Segment-Level" in done.stdout
    assert "llm-papers.md:" in done.stdout
    assert "https://arxiv.org" in paperbot("show", "DistServe").stdout.replace("http:", "https:")


def test_show_json_round_trips_unknown_as_null(paperbot):
    record = json.loads(paperbot("show", "Orca", "--json").stdout)
    assert record["year"] == 2022
    assert record["year_derived"] is True
    assert record["citations"] is None


def test_where_do_i_start_is_answered_with_the_path_that_path_lays_out(paperbot):
    asked = paperbot("ask", "where do I start with speculative decoding?")
    laid = paperbot("path", "speculative decoding")
    assert asked.stdout == laid.stdout
    stages = ("A survey first", "Groundwork", "The newest")
    assert [line for line in laid.stdout.splitlines() if line in stages] == [*stages]
    steps = json.loads(paperbot("path", "speculative decoding", "--json").stdout)["steps"]
    assert [step["rank"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(f"{step['rank']}. {step['title']}" in laid.stdout for step in steps)
    assert steps[0]["stage"] == "survey"
    assert steps[0]["reason"] == "a survey to begin with"


def test_similar_reads_a_paper_or_standard_input(paperbot):
    assert "AWQ" in paperbot("similar", "GPTQ", "-n", "5").stdout
    text = "Rounding the weights of a network to four bits after training."
    assert "Quantization" in paperbot("similar", "-", stdin=text).stdout


def test_sections_are_listed_with_counts(paperbot):
    assert "  LLM Papers We Recommend to Read > LLM Serving System" in paperbot("sections").stdout


def test_nothing_close_is_an_answer_with_exit_code_0(paperbot):
    done = paperbot("ask", "sourdough baking")
    assert done.returncode == 0
    assert "Nothing in the lists is close" in done.stdout
    assert "Nearest sections" in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (["ask"], 2, "Ask a question"),
        (["ask", "x", "--since", "banana"], 2, "banana"),
        (["ask", "x", "--kind", "poem"], 2, "poem"),
        (["ask", "x", "-n", "0"], 2, "1 to 100"),
        (["ask", "y" * 5000], 2, "too long"),
        (["ask", "--batch", "/no/such/file"], 2, "/no/such/file"),
        (["show", "no such paper at all"], 2, "No paper"),
        (["lists", "check", "/no/such.md"], 3, "/no/such.md"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_wrong_use_is_one_clear_word_and_its_exit_code(paperbot, args, code, word):
    done = paperbot(*args)
    assert done.returncode == code
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_paper_gets_the_nearest_titles(paperbot):
    assert "Did you mean" in paperbot("show", "Megatron language").stderr


def test_a_question_in_another_language_is_answered_honestly(paperbot):
    done = paperbot("ask", "was soll ich über Zwischenspeicher lesen?", "--json")
    assert json.loads(done.stdout)["confidence"] in ("close", "loose", "nothing")


@pytest.mark.parametrize(
    ("content", "word"),
    [(None, "no reading list"), (b"", "No paper"), (b"\x00\x01" * 999, "a binary file")],
)
def test_lists_that_hold_nothing_are_one_clear_line(library, content, word):
    if content is not None:
        (library.lists / "list.md").write_bytes(content)
    env = {
        "PAPERBOT_DATA_DIR": str(library.root / "data"),
        "PAPERBOT_INDEX_DIR": str(library.root / "index"),
    }
    done = run_paperbot("ask", "anything", env=env)
    assert done.returncode == 3
    assert word in done.stderr
    assert "Traceback" not in done.stderr


def test_a_missing_folder_is_one_clear_line(tmp_path):
    done = run_paperbot("ask", "x", env={"PAPERBOT_DATA_DIR": str(tmp_path / "no")})
    assert done.returncode == 3
    assert "no such folder" in done.stderr


def test_a_bad_setting_is_named(paperbot):
    done = paperbot("ask", "x", PAPERBOT_DISCORD_GUILD="banana")
    assert done.returncode == 2
    assert "PAPERBOT_DISCORD_GUILD" in done.stderr


def test_lists_check_tells_lines_and_exits_1(tmp_path):
    path = tmp_path / "list.md"
    path.write_text(TINY + "\n## Odd\n1. [C5 0221] A Paper of No Year at All\n")
    done = run_paperbot("lists", "check", str(path), env={})
    assert done.returncode == 1
    assert f"{path}:20: " in done.stdout
    record = json.loads(run_paperbot("lists", "check", str(path), "--json", env={}).stdout)
    assert len(record["entries"]) == 5
    assert record["problems"][0]["line"] == 20
    assert record["entries"][4]["year"] is None


def test_a_clean_list_exits_0(tmp_path):
    path = tmp_path / "list.md"
    path.write_text(TINY)
    assert run_paperbot("lists", "check", str(path), env={}).returncode == 0


def test_a_closed_pipe_is_no_error(real_home):
    import subprocess
    import sys

    env = {"PAPERBOT_DATA_DIR": f"{real_home}/data", "PAPERBOT_INDEX_DIR": f"{real_home}/index"}
    import os

    command = f"{sys.executable} -m paperbot ask attention -n 50 | head -1"
    done = subprocess.run(
        command, shell=True, env={**os.environ, **env}, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr
