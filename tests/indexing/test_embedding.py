"""Who encodes the documents of a build: onnxruntime, or a GPU where there is one."""

import sys
from types import SimpleNamespace

import pytest

from paperbot.indexing import encoder, encoders, model
from paperbot.indexing.embedding import Embedder
from paperbot.indexing.encoders import WORTH_A_GPU, EncoderChoice

from ..conftest import WordEncoder


class OnAGpu(WordEncoder):
    """Stands in for sentence-transformers on a GPU."""

    made = 0

    def __init__(self, *_):
        OnAGpu.made += 1


@pytest.fixture
def embedder(monkeypatch, tmp_path):
    OnAGpu.made = 0
    (tmp_path / "nvidia0").touch()
    monkeypatch.setattr(encoders, "GPU", tmp_path / "nvidia0")
    monkeypatch.setattr(encoder, "TorchEncoder", OnAGpu)
    monkeypatch.setattr(model, "locate", lambda spec: SimpleNamespace(is_default=True))
    monkeypatch.setattr(model, "check_default", lambda source: None)
    choice = EncoderChoice(None, None, ())
    return Embedder(choice, "fingerprint", print, ready=WordEncoder)


def torch_with(monkeypatch, *, cuda):
    torch = SimpleNamespace(cuda=SimpleNamespace(is_available=lambda: cuda))
    monkeypatch.setitem(sys.modules, "torch", torch)


MANY = [f"text {at}" for at in range(WORTH_A_GPU)]


def test_a_gpu_encodes_many_documents(embedder, monkeypatch):
    torch_with(monkeypatch, cuda=True)
    assert len(embedder.documents(MANY)) == WORTH_A_GPU
    assert OnAGpu.made == 1


def test_few_documents_and_questions_are_not_worth_it(embedder, monkeypatch):
    torch_with(monkeypatch, cuda=True)
    embedder.documents(MANY[1:])
    embedder.questions(MANY)
    assert OnAGpu.made == 0


def test_without_a_driver_or_torch_onnxruntime_does_it(embedder, monkeypatch):
    torch_with(monkeypatch, cuda=False)
    embedder.documents(MANY)
    monkeypatch.setitem(sys.modules, "torch", None)
    embedder.documents(MANY)
    monkeypatch.setattr(encoders, "GPU", encoders.GPU.with_name("none"))
    torch_with(monkeypatch, cuda=True)
    embedder.documents(MANY)
    assert OnAGpu.made == 0
