"""Parsed lists are kept; where many are parsed a second process begins at the other end."""

import subprocess
import sys
from pathlib import Path

import pytest

from paperbot.errors import ListsError
from paperbot.indexing import listcache, reading
from paperbot.indexing.listcache import ListCache
from paperbot.indexing.reading import read_sources
from paperbot.indexing.sources import Sources

YEAR = 2026


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    lists = tmp_path / "lists"
    lists.mkdir()
    for number in range(6):
        (lists / f"{number}.md").write_text(f"## Part {number}\n1. [C5 2024] Title {number}\n")
    return Sources(lists, tmp_path)


def test_the_other_process_leaves_what_this_one_would_parse(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = read_sources(sources, tmp_path / "alone", YEAR)
    (tmp_path / "both").mkdir()
    words = [sources.lists_dir, tmp_path / "both", str(YEAR)]
    subprocess.run([sys.executable, "-m", "paperbot.indexing.listcache", *words], check=True)
    monkeypatch.setattr(ListCache, "parse", None)  # nothing is left to parse
    assert read_sources(sources, tmp_path / "both", YEAR) == alone


def test_it_starts_where_much_is_new_and_not_where_all_is_known(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MANY", 50)
    monkeypatch.setattr(listcache, "usable_cores", lambda: 2)
    started: list[int] = []
    popen = subprocess.Popen

    def counted(*words: object, **options: object) -> object:
        process = popen(*words, **options)  # type: ignore[call-overload]
        started.append(process.pid)
        return process

    monkeypatch.setattr(listcache.subprocess, "Popen", counted)
    first = read_sources(sources, tmp_path / "cache", YEAR)
    assert len(started) == 1
    assert [one.name for one in first.lists] == [f"{number}.md" for number in range(6)]
    assert read_sources(sources, tmp_path / "cache", YEAR) == first
    assert len(started) == 1


def test_one_that_cannot_start_is_done_without(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MANY", 0)
    monkeypatch.setattr(listcache, "usable_cores", lambda: 2)
    monkeypatch.setattr(listcache.sys, "executable", "/no/such/python")
    assert len(read_sources(sources, tmp_path / "cache", YEAR).lists) == 6


def test_backwards_it_leaves_what_it_cannot_read(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanished(path: Path) -> bytes:
        if path.name == "3.md":
            raise ListsError("3.md: no such file")
        return path.read_bytes()

    monkeypatch.setattr(listcache, "read_bytes", vanished)
    cache = ListCache(tmp_path, YEAR)
    cache.fill_backwards(sources.lists_dir)
    kept = [cache.get(path.stem) for path in tmp_path.glob("*.json")]
    assert {one.name for one in kept if one} == {f"{number}.md" for number in (0, 1, 2, 4, 5)}


def test_an_error_ends_the_other_process_and_what_it_left_is_swept(
    sources: Sources, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listcache, "usable_cores", lambda: 2)
    cache = ListCache(tmp_path / "cache", YEAR)
    cache.folder.mkdir()
    processes: list[subprocess.Popen[bytes]] = []

    def endless(*_: object, **options: object) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", "import time; time.sleep(600)"]
        processes.append(popen(words))
        return processes[0]

    popen = subprocess.Popen
    monkeypatch.setattr(listcache.subprocess, "Popen", endless)
    with pytest.raises(KeyError), cache.second_process(sources.lists_dir):
        raise KeyError
    assert processes[0].returncode is not None
    (cache.folder / ".half.json.4711").write_text("{")
    cache.sweep(set())
    assert list(cache.folder.iterdir()) == []
