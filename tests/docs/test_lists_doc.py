"""The document on lists tells the truth: its commands run, its example is what is written."""

import os
import re
import shlex
import shutil

import pytest

from paperbot.lists import parse

from ..conftest import ROOT, run_paperbot

PAGE = (ROOT / "docs" / "lists.md").read_text()
COMMANDS = re.findall(r"^\.venv/bin/(paperbot .*)$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def home(real_home, tmp_path_factory):
    """A copy of the project's lists with their index, and the files that the commands name."""
    home = tmp_path_factory.mktemp("lists-doc")
    for name in ("data", "index"):
        shutil.copytree(real_home / name, home / name)
    (home / "paper.bib").write_text(re.search(r"```bibtex\n(.*?)```", PAGE, re.DOTALL)[1])
    (home / "agents.md").write_text(
        "# Agents\n- [A Paper on Agents](https://arxiv.org/abs/2401.00001)\n"
    )
    return home


def run(home, command):
    command, _, file = command.partition(" < ")
    env = {"PAPERBOT_DATA_DIR": f"{home}/data", "PAPERBOT_INDEX_DIR": f"{home}/index"}
    stdin = (home / file).read_text() if file else ""
    if path := os.environ.get("PYTHONPATH"):
        env["PYTHONPATH"] = str(ROOT / path)  # run in another folder
    return run_paperbot(*shlex.split(command)[1:], env=env, stdin=stdin, cwd=home)


def test_every_command_runs_in_its_order(home):
    assert len(COMMANDS) >= 10
    for command in COMMANDS:
        done = run(home, command)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout or " -o " in command, command
        if " add " in command and "--star" in command:
            assert done.stdout.strip() in PAGE
    assert (home / "data" / "lists" / "agents.md").exists()
    assert (home / "pruning.bib").read_text().count("@") == 3


def test_the_example_of_the_own_shape_is_read_as_it_says():
    text = re.search(r"```markdown\n(.*?)```", PAGE, re.DOTALL)[1]
    parsed = parse(text, "a.md", this_year=2026)
    (entry,) = parsed.entries
    assert parsed.problems == ()
    assert (entry.year, entry.venue, entry.citations, entry.stars) == (2024, "USENIX", 60, 1)
    assert (entry.aliases, entry.authors) == (("InfiniGen",), ("Ann Li", "Bob Roe"))
    assert (entry.note, entry.section) == ("It prefetches what it will need.", ("KV Cache",))
    assert parsed.sections[0].introduction == "Begin with the first."
