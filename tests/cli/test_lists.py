"""``paperbot lists add``, ``import`` and ``export`` as a user meets them."""

import json
import subprocess
import sys

import pytest

from ..conftest import TINY, run_paperbot


@pytest.fixture
def lists(library):
    """A data folder with one list, and the command over it."""
    path = library.write()
    env = {"PAPERBOT_DATA_DIR": str(library.root / "data"), "PAPERBOT_INDEX_DIR": "/nonexistent"}

    def run(*args, stdin=""):
        return run_paperbot("lists", *args, env=env, stdin=stdin)

    run.path = path
    return run


def test_add_shows_the_line_and_writes_it(lists):
    done = lists("add", "A New Title of Work", "--section", "Caches", "--year", "2024",
                 "--authors", "Ann Li")  # fmt: skip
    assert done.returncode == 0
    assert done.stdout == "tiny.md:8: 3. [2024] A New Title of Work\n"
    assert done.stderr == "tiny.md has no place for: authors; left out.\n"
    assert lists.path.read_text() == TINY.replace(
        "for Serving\n", "for Serving\n3. [2024] A New Title of Work\n"
    )


def test_bibtex_comes_from_standard_input(lists):
    text = "@article{k, title={A New Title of Work}, journal={Nature}, year=2024, volume=7}"
    done = lists("add", "--section", "Pruning", "--citations", "5", stdin=text)
    assert done.stdout == "tiny.md:12: 3. [C5 2024 Nature] A New Title of Work\n"
    assert "volume" in done.stderr


@pytest.mark.parametrize(
    ("args", "stdin", "code", "word"),
    [
        (["KVPress: Compressing the Key-Value Cache of Long Chats"], "", 1, "tiny.md:6: "),
        (["2401.00001"], "", 2, "needs its title"),
        (["https://doi.org/10.1/x"], "", 2, '--title "…"'),
        (["A New Title", "--section", "Cashes"], "", 2, "The nearest"),
        (["A New Title", "--link", "nonsense"], "", 2, "nonsense is no link"),
        (["A New Title", "--year", "soon"], "", 2, "--year soon"),
        (["A New Title", "--kind", "poem"], "", 2, "poem"),
        (["A New Title", "--list", "other"], "", 2, "There are: tiny.md"),
        (["A New Title", "--title", "Another"], "", 2, "Two titles"),
        (["???"], "", 2, "Give the paper's title"),
        ([], "", 2, "Standard input"),
        (["-"], "no BibTeX at all", 2, "Standard input"),
        (["-"], "@misc{a, year={2020}}", 2, "has no title"),
    ],
)
def test_wrong_use_changes_nothing(lists, args, stdin, code, word):
    section = [] if "--section" in args else ["--section", "Caches"]
    done = lists("add", *args, *section, stdin=stdin)
    assert done.returncode == code
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert lists.path.read_text() == TINY


def test_a_dry_run_changes_nothing(lists):
    done = lists("add", "A New Title of Work", "--section", "Caches", "--year", "2024", "--dry-run")
    assert "3. [2024] A New Title of Work" in done.stdout
    assert lists.path.read_text() == TINY


def test_import_tells_then_copies(lists, tmp_path):
    path = tmp_path / "other.md"
    path.write_text("# O\n- [Pruning Heads of Transformers](https://arxiv.org/abs/2401.00001)\n")
    done = lists("import", str(path), "--dry-run")
    assert done.stdout.startswith("other.md: 1 paper; 1 section\n")
    assert "is at tiny.md:10 already" in done.stdout
    assert not (lists.path.parent / "other.md").exists()
    assert lists("import", str(path)).returncode == 0
    assert (lists.path.parent / "other.md").read_bytes() == path.read_bytes()


def test_export_writes_to_standard_output_or_a_file(lists, tmp_path):
    done = lists("export")
    assert done.stdout.startswith("---\npaperbot: 1\n")
    assert "- **Pruning Heads of Transformers**\n" in done.stdout
    target = tmp_path / "out.json"
    done = lists("export", "--section", "Caches", "-o", str(target))
    assert done.stdout == ""
    assert [p["citations"] for p in json.loads(target.read_text())["papers"]] == [60, 3]


def test_an_answer_is_exported_in_its_order(paperbot):
    question = "what should I read on KV cache compression?"
    answer = json.loads(paperbot("ask", question, "--json").stdout)
    done = paperbot("lists", "export", "--question", question, "--format", "json")
    titles = [paper["title"] for paper in json.loads(done.stdout)["papers"]]
    assert titles == [hit["title"] for hit in answer["hits"]]


def test_an_export_never_goes_among_the_lists(lists):
    done = lists("export", "-o", str(lists.path))
    assert done.returncode == 2
    assert lists.path.read_text() == TINY


def test_help_is_light():
    """Help for lists loads neither the reader's libraries nor settings nor the index's."""
    code = (
        "import sys\nfrom paperbot.cli import main\nsys.argv = ['paperbot', 'lists', 'add', '-h']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'faiss', 'numpy', 'markdown_it', 'bibtexparser', 'pydantic_settings', 'yaml',\n"
        "         'onnxruntime', 'rapidfuzz', 'ftfy'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "--section" in done.stdout
    assert done.stderr.strip() == "[]"
