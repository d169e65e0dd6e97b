"""Another model than the default: taken as it is, exported, proven, and said to be uncalibrated."""

import os

import numpy as np
import pytest

from paperbot import Assistant
from paperbot.indexing import export as exporting
from paperbot.indexing.encoder import OnnxEncoder, TorchEncoder
from paperbot.indexing.encoders import EncoderChoice, open_encoder, prepare_encoder
from paperbot.indexing.model import default_fingerprint, locate

TITLES = ["KVPress: Compressing the Key-Value Cache", "Pruning Heads of Transformers", "BERT"]


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A folder with a small model of random weights, as sentence-transformers saves one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("other")
    tokenizer = AutoTokenizer.from_pretrained(locate(None).folder)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    model = SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(32)])
    model.save_pretrained(str(folder / "model"))
    return folder / "model"


@pytest.fixture
def choice(other, tmp_path):
    return EncoderChoice(str(other), None, (tmp_path / "encoder",))


def test_another_model_answers_without_the_adapter_and_says_that_it_is_uncalibrated(tiny, other):
    from sentence_transformers import SentenceTransformer

    settings = tiny.settings.model_copy(update={"model": str(other)})
    assistant = Assistant.open(settings, say=tiny.said.append)
    answer = assistant.ask("pruning")
    assert answer.remarks == (f"Whether a match is close was never calibrated for {other}.",)
    engine = assistant._snapshot()
    encoder = engine.corpus.encoder()
    assert isinstance(encoder, OnnxEncoder)
    assert engine.manifest.fingerprint not in (
        default_fingerprint(None),
        default_fingerprint(assistant._upkeep.choice.adapter),
    )
    plain = SentenceTransformer(str(other)).encode(TITLES, normalize_embeddings=True)
    assert np.sum(plain * encoder.encode_documents(TITLES), axis=1).min() >= exporting.PARITY


def test_the_default_model_is_calibrated(real):
    assert real.ask("pruning").remarks == ()


def test_an_export_that_gives_other_vectors_is_not_used(choice, monkeypatch):
    monkeypatch.setattr(exporting, "PARITY", 1.1)
    said = []
    encoder = prepare_encoder(choice, choice.fingerprint(), TITLES, said.append)
    assert isinstance(encoder, TorchEncoder)
    assert "stays with sentence-transformers: its export gives other vectors" in said[-1]
    assert choice.export_folder(choice.fingerprint()) is None


def test_without_an_export_questions_are_answered_by_the_model_itself_with_a_word(choice):
    said = []
    assert isinstance(open_encoder(choice, choice.fingerprint(), said.append), TorchEncoder)
    assert "No exported encoder: loading sentence-transformers instead" in said[-1]


@pytest.mark.parametrize("name", ["model.onnx", "model.onnx.data", "tokenizer.json", "card.json"])
def test_an_export_with_a_damaged_file_is_not_used(choice, name):
    fingerprint = choice.fingerprint()
    assert isinstance(prepare_encoder(choice, fingerprint, TITLES, print), OnnxEncoder)
    damaged = choice.exports[0] / fingerprint / name
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1  # as long as before
    damaged.write_bytes(content)
    stamp = damaged.stat().st_mtime + 5
    os.utime(damaged, (stamp, stamp))
    said = []
    assert isinstance(open_encoder(choice, fingerprint, said.append), TorchEncoder)
    assert said
