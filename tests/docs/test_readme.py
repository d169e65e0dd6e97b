"""The README tells the truth: its answer, its settings, its commands."""

import re
import shlex
import subprocess
import sys

import pytest

from paperbot import Settings

from ..conftest import ROOT

README = (ROOT / "README.md").read_text()


def test_every_setting_is_in_the_table_and_no_other():
    told = dict(re.findall(r"^\| `(PAPERBOT_\w+)` \| (.*?) \|", README, re.MULTILINE))
    real = {f"PAPERBOT_{name.upper()}": f for name, f in Settings.model_fields.items()}
    assert told == {name: field.description for name, field in real.items()}


def test_the_answer_shown_is_the_answer_given(paperbot):
    block = re.search(r"```\n\$ make ask Q=\"(.*?)\"\n(.*?)```", README, re.DOTALL)
    assert paperbot("ask", block[1]).stdout.strip() == block[2].strip()


COMMANDS = sorted(set(re.findall(r"^\.venv/bin/(paperbot .*)$", README, re.MULTILINE)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_runs(paperbot, command, tmp_path):
    (tmp_path / "agents.md").write_text("## Agents\n1. Agents That Read Papers at Night\n")
    done = paperbot(*shlex.split(command)[1:], cwd=tmp_path)
    assert done.returncode in (0, 1) if "check" in command else done.returncode == 0
    assert done.stdout


def test_the_python_example_runs(real_home):
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)[1]
    env = {"PAPERBOT_DATA_DIR": f"{real_home}/data", "PAPERBOT_INDEX_DIR": f"{real_home}/index"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("1 ")


@pytest.mark.parametrize("target", re.findall(r"`make ([\w-]+)`", README))
def test_every_make_target_exists(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", re.findall(r"^(\w[\w/.]*[/.]\w*)  +\S", README, re.MULTILINE))
def test_the_tree_names_what_is_there(path):
    assert (ROOT / path).exists()


def test_a_question_reaches_the_program_whatever_quotes_it_holds():
    """Make's own recipe, with the program replaced by one that shows its arguments."""
    question = """it's "quoted" $HOME $(shell echo no) `echo no` \\ ; & 100% #x"""
    done = subprocess.run(
        ["make", "-s", "-o", ".venv/.ready", "ask", "BIN=tests/docs/bin", f"Q={question}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"ask\n--\n{question}\n", done.stderr


def test_links_of_the_documents_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!http)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
