"""Generations of the index: swapped whole, checked before they are trusted, never mixed."""

import json
import os
import threading

import numpy as np
import pytest

from paperbot.errors import IndexBusy, ListsError, ModelError
from paperbot.indexing import generation
from paperbot.indexing.glossary import parse_glossary
from paperbot.indexing.vectors import ROUGH_FROM, VectorStore, write_vectors

from ..conftest import WordEncoder


def folder_of(library):
    return generation.current(library.root / "index")[0]


def test_a_first_question_builds_the_index_and_says_so(tiny):
    answer = tiny.open().ask("pruning heads")
    assert answer.hits[0].paper.title == "Pruning Heads of Transformers"
    assert tiny.said == ["Building the index: there is none yet."]


def test_a_second_opening_builds_nothing(tiny):
    tiny.open()
    before = folder_of(tiny)
    tiny.said.clear()
    tiny.open()
    assert tiny.said == []
    assert folder_of(tiny) == before


def test_a_changed_list_embeds_only_what_changed(tiny):
    tiny.open()
    texts = []

    class Counting(WordEncoder):
        def encode_documents(self, batch, progress=None):
            texts.extend(batch)
            return super().encode_documents(batch)

    path = tiny.lists / "tiny.md"
    path.write_text(path.read_text().replace("Paging Attention", "Paged Attention"))
    from paperbot import Assistant

    Assistant.open(tiny.settings, encoder=Counting())
    assert texts == ["Paged Attention Memory for Serving. Caches"]


def test_touching_a_list_without_changing_it_builds_nothing(tiny):
    tiny.open()
    before = folder_of(tiny)
    os.utime(tiny.lists / "tiny.md", ns=(1, 1))
    tiny.open()
    assert folder_of(tiny) == before


@pytest.mark.parametrize("name", ["vectors.faiss", "catalogue.db", "manifest.json", "seal.json"])
@pytest.mark.parametrize("damage", ["cut", "other", "gone"])
def test_a_damaged_index_is_rebuilt_with_one_line(tiny, name, damage):
    first = tiny.open().ask("pruning heads")
    path = folder_of(tiny) / name
    if damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "other":
        path.write_bytes(bytes(path.stat().st_size))
    else:
        path.unlink()
    tiny.said.clear()
    again = tiny.open().ask("pruning heads")
    assert len(tiny.said) == 1
    assert tiny.said[0].startswith("Building the index: ")
    assert [h.paper.id for h in again.hits] == [h.paper.id for h in first.hits]


@pytest.mark.parametrize("pointer", ["", "../..", "nowhere", "\x00\xff"])
def test_a_pointer_to_nowhere_is_rebuilt(tiny, pointer):
    tiny.open()
    (tiny.root / "index" / "current").write_text(pointer, errors="surrogateescape")
    assert tiny.open().ask("pruning").hits


def test_an_index_of_another_schema_is_rebuilt(tiny):
    tiny.open()
    path = folder_of(tiny) / "manifest.json"
    record = json.loads(path.read_text()) | {"schema": 0}
    path.write_text(json.dumps(record))
    tiny.said.clear()
    tiny.open()
    assert "schema" in tiny.said[0]


def test_a_failed_build_keeps_the_old_generation(tiny):
    tiny.open()
    before = folder_of(tiny)
    (tiny.lists / "tiny.md").write_text("nothing here")
    with pytest.raises(ListsError):
        tiny.open()
    assert folder_of(tiny) == before
    assert tiny.open(build=False).ask("pruning").hits


def test_a_list_that_became_binary_keeps_the_old_generation(tiny):
    tiny.write(name="other.md")
    tiny.open()
    (tiny.lists / "other.md").write_bytes(b"\x00\x01\x02" * 500)
    with pytest.raises(ListsError, match=r"other\.md.*binary"):
        tiny.open()
    assert tiny.open(build=False).ask("pruning").hits


def test_questions_in_flight_keep_their_generation(tiny):
    assistant = tiny.open()
    engine = assistant._snapshot()
    (tiny.lists / "tiny.md").write_text("## One\n1. [C1 2024] Only This Paper Remains\n")
    assistant.refresh()
    assert assistant.ask("only this").hits[0].paper.title == "Only This Paper Remains"
    from paperbot.search.understand import understand

    old = engine.answer(
        understand("pruning heads", this_year=2026), count=3, offset=0, this_year=2026
    )
    assert old.hits[0].paper.title == "Pruning Heads of Transformers"


def test_two_builds_at_once_do_not_mix(tiny):
    tiny.open()
    with generation.build_lock(tiny.root / "index"):
        caught = []

        def wait():
            try:
                with generation.build_lock(tiny.root / "index", patience=0.1):
                    pass
            except IndexBusy as error:
                caught.append(error)

        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert "Another process" in str(caught[0])


def test_old_generations_are_swept_but_the_last_is_kept_for_its_readers(tiny):
    assistant = tiny.open()
    for _ in range(3):
        assistant.refresh(force=True)
    seals = list((tiny.root / "index").glob("*/seal.json"))
    assert len(seals) == 2


def test_a_damaged_embedding_cache_is_begun_anew(tiny):
    tiny.open()
    (tiny.root / "index" / "cache" / "embeddings.db").write_bytes(b"no database" * 500)
    (tiny.root / "index" / "current").unlink()
    assert tiny.open().ask("pruning").hits


def test_an_unknown_model_is_one_readable_line(tiny):
    from paperbot import Assistant

    settings = tiny.settings.model_copy(update={"model": "no-such/model"})
    with pytest.raises(ModelError, match="no-such/model.*PAPERBOT_MODEL") as caught:
        Assistant.open(settings)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_no_model_is_one_readable_line(tiny, tmp_path):
    from paperbot import Assistant

    (tmp_path / "folder").mkdir()
    settings = tiny.settings.model_copy(update={"model": str(tmp_path / "folder")})
    with pytest.raises(ModelError, match="safetensors"):
        Assistant.open(settings)


def test_vectors_are_cosines_of_unit_rows(tiny):
    tiny.open()
    store = VectorStore(folder_of(tiny) / "vectors.faiss")
    rows = np.arange(len(store))
    vectors = store.take(rows)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    near, cosines = store.nearest(vectors[:1], 1)
    assert near[0, 0] == 0
    assert cosines[0, 0] == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("count", [ROUGH_FROM - 1, ROUGH_FROM + 500])
def test_many_vectors_are_searched_roughly_and_found_exactly(tmp_path, count):
    random = np.random.default_rng(7)
    vectors = random.standard_normal((count, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    write_vectors(vectors, tmp_path / "vectors.faiss")
    store = VectorStore(tmp_path / "vectors.faiss")
    assert (len(store), store.dimension) == vectors.shape
    assert np.array_equal(store.take(np.arange(count)), vectors)
    questions = vectors[:20] + 0.3 * random.standard_normal((20, 64)).astype(np.float32)
    rows, cosines = store.nearest(questions, 10)
    exact = questions @ vectors.T
    assert np.array_equal(rows, np.argsort(-exact, axis=1)[:, :10])
    assert np.allclose(cosines, np.take_along_axis(exact, rows, axis=1), atol=1e-5)


def test_the_glossary_tells_what_it_cannot_read():
    concepts, problems = parse_glossary(
        "## A\n- plain: x\n- terms: y, z\n- foo: bar\n## B\n- plain: q\n## C\n- plain: r\n- terms: ,\n"
    )
    assert [c.name for c in concepts] == ["A"]
    assert concepts[0].terms == ("y", "z")
    assert [line for line, _, _ in problems] == [4, 5, 7]


def test_the_projects_own_glossary_is_read_whole():
    from ..conftest import ROOT

    concepts, problems = parse_glossary((ROOT / "data" / "glossary.md").read_text())
    assert problems == []
    assert len(concepts) > 200


def test_the_exported_encoder_gives_the_models_own_vectors(real, real_home):
    """The real export against sentence-transformers, on every real title."""
    from paperbot.indexing.encoder import TorchEncoder
    from paperbot.indexing.encoders import packaged_adapter
    from paperbot.indexing.model import locate

    titles = [paper.title for paper in real._snapshot().catalogue.all_papers()]
    theirs = TorchEncoder(locate(None), packaged_adapter()).encode_documents(titles)
    ours = real._snapshot().corpus.encoder().encode_documents(titles)
    assert np.sum(theirs * ours, axis=1).min() >= 0.9999


def test_a_damaged_export_falls_back_with_a_word(tiny, real_home, tmp_path):
    import shutil

    from paperbot.indexing.encoder import TorchEncoder
    from paperbot.indexing.encoders import EncoderChoice, open_encoder, packaged_adapter

    shutil.copytree(real_home / "index" / "encoder", tmp_path / "encoder")
    choice = EncoderChoice(None, packaged_adapter(), (tmp_path / "encoder",))
    (tmp_path / "encoder" / choice.fingerprint() / "model.onnx").write_bytes(b"half")
    said = []
    encoder = open_encoder(choice, choice.fingerprint(), said.append)
    assert isinstance(encoder, TorchEncoder)
    assert "sentence-transformers" in said[-1]


def test_texts_of_any_length_and_order_are_encoded_as_each_alone(real, monkeypatch):
    from paperbot.indexing import encoder as module

    encoder = real._snapshot().corpus.encoder()
    texts = ["KV cache", "word " * 300, "", "one sentence of about ten words, no more", "BERT"] * 3
    alone = np.concatenate([encoder.encode_documents([text]) for text in texts])
    monkeypatch.setattr(module, "WINDOW", 7)
    monkeypatch.setattr(module, "BATCH", 2)
    done = []
    together = encoder.encode_documents(texts, lambda now, of: done.append((now, of)))
    assert np.sum(alone * together, axis=1).min() >= 0.9999
    assert done == sorted(done)
    assert done[-1] == (15, 15)


def test_a_lost_export_is_made_again_by_the_next_build(tiny, real_home, tmp_path):
    import shutil

    from paperbot import Assistant, Settings

    shutil.copytree(
        real_home / "index", tmp_path / "index", ignore=shutil.ignore_patterns("encoder")
    )
    settings = Settings(data_dir=real_home / "data", index_dir=tmp_path / "index", _env_file=None)
    said = []
    assistant = Assistant.unopened(settings, say=said.append)
    assert assistant.refresh() is None
    assert assistant.mend_encoder()
    (graph,) = (tmp_path / "index" / "encoder").glob("*/model.onnx")
    # The bot of the image is another user than the one that built it.
    assert graph.parent.stat().st_mode & 0o055 == 0o055
    assert all(path.stat().st_mode & 0o044 == 0o044 for path in graph.parent.iterdir())
    # Attention is one node a layer: it was fused.
    assert graph.read_bytes().count(b"com.microsoft") >= 6
    assert not assistant.mend_encoder()
    assert assistant.ask("KV cache").hits
    assert not any("sentence-transformers instead" in line for line in said)
