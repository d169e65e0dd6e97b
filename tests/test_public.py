"""The public names, and what importing them costs."""

import doctest
import subprocess
import sys

import pytest

import paperbot

HEAVY = ("torch", "transformers", "sentence_transformers", "discord", "faiss", "onnxruntime")


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


def loaded_by(code: str, env: dict[str, str] | None = None) -> set[str]:
    import os

    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint('\\n', *sys.modules, file=sys.stderr)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **(env or {})},
    )
    return {name for name in done.stderr.split() if name in HEAVY}


@pytest.mark.parametrize(
    "args", [["--help"], ["ask", "--help"], ["lists", "check"], ["show", "vLLM"], ["sections"]]
)
def test_looking_things_up_loads_neither_encoder_nor_faiss_nor_discord(args, real_home):
    code = (
        f"sys.argv = ['paperbot', *{args!r}]\n"
        "from paperbot.cli import main\n"
        "try: main()\nexcept SystemExit: pass"
    )
    env = {
        "PAPERBOT_DATA_DIR": str(real_home / "data"),
        "PAPERBOT_INDEX_DIR": str(real_home / "index"),
    }
    assert loaded_by(code, env) == set()


def test_a_question_is_answered_without_torch(real_home):
    env = {
        "PAPERBOT_DATA_DIR": str(real_home / "data"),
        "PAPERBOT_INDEX_DIR": str(real_home / "index"),
    }
    code = (
        "from paperbot import Assistant, Settings\n"
        "assert Assistant.open(Settings.load()).ask('pruning').hits"
    )
    assert loaded_by(code, env) == {"faiss", "onnxruntime"}


def test_importing_paperbot_loads_nothing_heavy():
    assert loaded_by("import paperbot") == set()
