"""A rebuild writes only what changed, and gives the index that a build from nothing would."""

import os
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperbot.assistant import Assistant
from paperbot.indexing import build as building
from paperbot.indexing import cataloguing, generation, kept
from paperbot.indexing.catalogue import Catalogue
from paperbot.indexing.vectors import VectorStore

from ..conftest import TINY, Library, WordEncoder

TITLES = (
    "Pruning Heads of Transformers",
    "Prunning Heads of Transformers",  # a slip: the same work
    "KVPress: Compressing the Key-Value Cache of Long Chats",
    "Compressing the Key-Value Cache of Long Chats",  # without its nickname
    "A Survey of Pruning",
    "Paging Attention Memory for Serving",
    "Über Spärliche Aufmerksamkeit",
    "Scaling Laws for Tiny Models",
    "Scaling Laws for Tiny Models II",
)

entries = st.builds(
    "{0}. {4}[C{1} {2}] {3}".format,
    st.just(1),
    st.integers(0, 99),
    st.sampled_from([2019, 2024]),
    st.sampled_from(TITLES),
    st.sampled_from(["", "", ":+1: "]),
) | st.builds(
    "1. [{0}](https://arxiv.org/abs/{1})".format,
    st.sampled_from(TITLES),
    st.sampled_from(["2401.00001", "2401.00002"]),
)
introductions = st.sampled_from(["", "Beginners should start here.", "The classics."])
notes = st.builds("### 2. {}\n{}".format, st.sampled_from(TITLES), st.sampled_from(
    ["Removing redundant heads keeps accuracy.", "A tuning fork hums. " * 30, "See also paging."]
))  # fmt: skip
sections = st.builds(
    "## {}\n{}\n\n{}\n".format,
    st.sampled_from(["Caches", "Pruning", "Serving"]),
    introductions,
    st.lists(entries, max_size=3).map("\n".join),
)
front_matter = st.sampled_from(
    ["", "---\ndate: 2024-01-01\npermalink: /one/\n---\n", "---\ndate: 2025-06-01\n---\n"]
)
# A numbered note of a title that is not in its own list goes to the paper of another list.
lists = st.builds(
    "{}# A list\n\n## First\n1. [C1 2024] The Work in Every List\n\n{}\n---\n\n## Notes\n"
    "### 1. The Work in Every List\nRead it first.\n{}\n".format,
    front_matter,
    st.lists(sections, min_size=1, max_size=3).map("\n".join),
    st.lists(notes, max_size=2).map("\n".join),
)
CURATED = {
    "glossary": ["", "## A\n- plain: smaller chats\n- terms: cache, pruning heads\n"],
    # A name that a list may give to another paper, one of two words, one that an id leads to.
    "nicknames": [
        "",
        "- KVPress: A Survey of Pruning\n- Tiny Laws: Scaling Laws for Tiny Models\n",
        "- One: Two (2401.00001)\n",
    ],
    "summaries": [
        "",
        "- Pruning Heads of Transformers\n  Most of it is not needed.\n",
        "About it.\n\n- Pruning Heads of Transformers\n  Most of it is not needed.\n"
        "- Compressing the Key-Value Cache of Long Chats\n  My telephone grows warm.\n",
    ],
}
NAMES = ("a.md", "b.md", "c.md")
INITIALS = ("pho", "psm", "slf", "slftm", "kct", "aso")
edits = st.tuples(
    st.sampled_from([*NAMES, *CURATED]),
    lists | st.none(),
    st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in CURATED.items()}),
)


def everything(folder: Path) -> dict[str, object]:
    """All that a generation holds, but for the time it was built and its inner numbers."""
    manifest = generation.Manifest.load(folder / generation.MANIFEST)
    catalogue = Catalogue(folder / generation.CATALOGUE)
    words = sorted({w for p in catalogue.all_papers() for w in cataloguing.text.words(
        " ".join([p.title, *p.aliases, *(n.text for n in p.notes)])
    )})  # fmt: skip
    found = catalogue.look_up([*words, *INITIALS])
    called = {cataloguing.text.name_key(t) for t in (*TITLES, "KVPress", "Tiny Laws", "One")}
    by_id = [catalogue.row_of(paper.id) for paper in catalogue.all_papers()]
    assert by_id == list(range(len(catalogue)))
    columns = asdict(catalogue.columns)
    store = VectorStore(folder / generation.VECTORS)
    with np.load(folder / generation.GLOSSARY) as stored:
        glossary = {name: stored[name].tolist() for name in stored.files}
    held = {
        "manifest": replace(manifest, built_at="", sources={}),
        "sources": {name: mark.sha256 for name, mark in manifest.sources.items()},
        "papers": catalogue.all_papers(),
        "by row": catalogue.papers(range(len(catalogue))),
        "sections": catalogue.sections(),
        "written names": catalogue.written_names(),
        "named": catalogue.names.find(sorted(called)),
        "names": list(catalogue.names.beginning("")),
        "curated": catalogue.names.curated.tolist(),
        "marks": catalogue.names.mark.tolist(),
        "venues": catalogue.venues(),
        "vocabulary": list(catalogue.vocabulary.beginning("").items()),
        "words": [(w, r.head.tolist(), r.note.tolist(), r.summary.tolist(), r.spoken, r.initials)
                  for w, r in zip([*words, *INITIALS], found, strict=True)],
        "columns": {name: array.tobytes() for name, array in columns.items()},
        "vectors": store.take(np.arange(len(store))).tobytes(),
        "glossary": glossary,
    }  # fmt: skip
    catalogue.close()
    return held


def edit(library: Library, name: str, text: str | None, curated: dict[str, str]) -> None:
    """Change one file; a list goes where it has no text, unless it is the last."""
    if name in curated:
        (library.lists.parent / f"{name}.md").write_text(curated[name])
    elif text is not None:
        library.write(text, name)
    elif len(list(library.lists.iterdir())) > 1:
        (library.lists / name).unlink(missing_ok=True)


def current(library: Library) -> Path:
    found = generation.current(library.root / "index")
    assert found is not None
    return found[0]


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(first=st.lists(lists, min_size=3, max_size=3), changes=st.lists(edits, max_size=5))
def test_any_edits_give_the_index_that_a_build_from_nothing_gives(first, changes):
    with TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "fsync", lambda _: None)  # nothing crashes here; it costs most of it
        patched.setattr(kept, "WORTH_KEEPING", 0.0)  # however few: what is kept must be right
        library = Library(Path(root) / "library")
        library.write(TINY, "stays.md")
        for name, text in zip(NAMES, first, strict=True):
            library.write(text, name)
        assistant = library.open()
        problems = []
        for change in changes:
            edit(library, *change)
            built = assistant.refresh()
            problems = built.problems if built else problems
        after_edits = everything(current(library))
        shutil.rmtree(library.root / "index")
        from_nothing = library.open().refresh(force=True)
        expected = everything(current(library))
        assert after_edits == expected
        if problems:
            assert problems == from_nothing.problems


@pytest.fixture
def many(library: Library) -> Library:
    """Three lists of papers that are all kept when another list changes."""
    for name in NAMES:
        lines = [f"{i}. [C{i} 2024] Paper {i} of {name[0] * 9}" for i in range(1, 8)]
        library.write("## Part\n" + "\n".join(lines) + "\n", name)
    library.open()
    return library


def add_a_line(library: Library, title: str = "One Entirely New Line of Work") -> None:
    path = library.lists / "a.md"
    path.write_text(path.read_text() + f"99. [C1 2025] {title}\n")


def test_one_new_line_is_one_text_embedded_even_without_the_cache_of_embeddings(many):
    shutil.rmtree(many.root / "index" / "cache")
    texts = []

    class Counting(WordEncoder):
        def encode_documents(self, batch, progress=None):
            texts.extend(batch)
            return super().encode_documents(batch)

    add_a_line(many)
    Assistant.open(many.settings, encoder=Counting())
    of_other_lists = [t for t in texts if "bbb" in t or "ccc" in t]
    assert of_other_lists == []


def test_a_paper_that_did_not_change_is_not_written_again(many, monkeypatch):
    written = []
    to_json = cataloguing.paper_to_json
    monkeypatch.setattr(
        cataloguing, "paper_to_json", lambda p: written.append(p.title) or to_json(p)
    )
    add_a_line(many)
    many.open()
    assert len(written) == 8
    assert all("aaa" in title or "New Line" in title for title in written)


def test_the_catalogue_does_not_grow_with_rebuilds(many):
    for i in range(12):
        add_a_line(many, f"Work Number {i}")
        many.open()
    numbers = Catalogue(current(many) / generation.CATALOGUE).numbers
    assert sorted(numbers.tolist()) == list(range(21 + 12))


@pytest.mark.parametrize("name", [generation.CATALOGUE, generation.VECTORS])
def test_nothing_is_kept_of_a_generation_that_rotted_on_disk(many, name):
    path = current(many) / name
    times = path.stat().st_mtime_ns
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    os.utime(path, ns=(times, times))
    add_a_line(many)
    many.open()
    held = everything(current(many))
    shutil.rmtree(many.root / "index")
    many.open()
    assert held == everything(current(many))


@pytest.mark.parametrize(
    "place",
    ["write_vectors", "shutil.copyfile", "write_catalogue", "sealed", "generation.make_current"],
)
def test_a_build_that_is_killed_loses_nothing(many, monkeypatch, place):
    """Whatever stands on disk at that moment: the old generation answers, the next build works."""

    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    before = current(many)
    add_a_line(many)
    with monkeypatch.context() as patched:
        holder, _, function = place.rpartition(".")
        patched.setattr(getattr(building, holder) if holder else building, function, killed)
        patched.setattr(shutil, "rmtree", lambda *_, **__: None)  # a killed process tidies nothing
        with pytest.raises(Killed):
            many.open()
    assert current(many) == before
    assert many.open(build=False).ask("paper").hits
    assert many.open().paper("One Entirely New Line of Work")
    assert not list((many.root / "index").glob(".building-*"))
