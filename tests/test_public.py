"""The public names, and what importing them costs."""

import doctest
import subprocess
import sys

import pytest

import paperbot

HEAVY = (
    *("torch", "transformers", "sentence_transformers", "tokenizers", "onnxruntime"),
    *("discord", "faiss", "pydantic_settings", "rich"),
)


def test_every_public_name_is_there():
    for name in paperbot.__all__:
        assert getattr(paperbot, name).__name__ == name


def test_the_example_in_the_docstring_finds_a_paper_on_kv_caches(real_home, monkeypatch, capsys):
    monkeypatch.setenv("PAPERBOT_DATA_DIR", str(real_home / "data"))
    monkeypatch.setenv("PAPERBOT_INDEX_DIR", str(real_home / "index"))
    names: dict[str, object] = {}
    for example in doctest.DocTestParser().get_examples(paperbot.__doc__):
        exec(example.source, names)
    assert "KV Cache" in capsys.readouterr().out


def loaded_by(code: str, env: dict[str, str] | None = None) -> tuple[set[str], str]:
    import os

    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n', *sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **(env or {})},
    )
    return {name for name in done.stderr.split() if name in HEAVY}, done.stdout


@pytest.mark.parametrize(
    ("args", "code", "word", "settings"),
    [
        (["--help"], 0, "similar", set()),
        (["ask", "--help"], 0, "--since", set()),
        (["lists", "add", "--help"], 0, "--dry-run", set()),
        # The lists have lines that cannot be placed.
        (["lists", "check"], 1, "·", {"pydantic_settings"}),
        (["show", "vLLM"], 0, "PagedAttention", {"pydantic_settings"}),
        (["sections"], 0, "Compression", {"pydantic_settings"}),
    ],
)
def test_looking_things_up_loads_neither_encoder_nor_faiss_nor_discord(
    args, code, word, settings, real_home
):
    run = (
        f"sys.argv = ['paperbot', *{args!r}]\n"
        "from paperbot.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: print('exit', end.code or 0)\n"
        "else: print('exit 0')"
    )
    env = {
        "PAPERBOT_DATA_DIR": str(real_home / "data"),
        "PAPERBOT_INDEX_DIR": str(real_home / "index"),
    }
    loaded, said = loaded_by(run, env)
    assert loaded == settings
    assert word in said
    assert said.endswith(f"exit {code}\n")


def test_a_question_is_answered_without_torch(real_home):
    env = {
        "PAPERBOT_DATA_DIR": str(real_home / "data"),
        "PAPERBOT_INDEX_DIR": str(real_home / "index"),
    }
    code = (
        "from paperbot import Assistant, Settings\n"
        "assert Assistant.open(Settings.load()).ask('pruning').hits"
    )
    loaded, _ = loaded_by(code, env)
    assert loaded == {"faiss", "onnxruntime", "tokenizers", "pydantic_settings"}


def test_importing_paperbot_loads_nothing_heavy():
    assert loaded_by("import paperbot")[0] == set()
