"""An encoder to ONNX, once per fingerprint, so that questions need no torch."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from tempfile import mkdtemp

import numpy as np

from paperbot.errors import ModelError
from paperbot.indexing.encoder import EncoderCard, OnnxEncoder, TorchEncoder
from paperbot.indexing.files import replace_folder, sealed, unsealed

# The exported graph must give the same vectors: least cosine to sentence-transformers over
# PROBES. fp32 export measures 1.000000; .9999 leaves room for another build of onnxruntime.
PARITY = 0.9999
OPSET = 17

WEIGHTS = "model.weights"

PROBES = (
    "Efficient Memory Management for Large Language Model Serving with PagedAttention",
    "What should I read on KV cache compression?",
    "BERT",
    "",
    "Ein Überblick über spärliche Aufmerksamkeit – 注意力机制",
    "LLM.int8(): 8-bit Matrix Multiplication for Transformers at Scale " * 12,
)


def exported(folder: Path) -> bool:
    """Tell whether ``folder`` holds a whole export: every file there, as it was written."""
    return unsealed(folder) is None


def export(encoder: TorchEncoder, fingerprint: str, folder: Path, probes: list[str]) -> None:
    """Export ``encoder`` to ``folder`` and prove it on ``probes`` (real titles).

    Raises ``ModelError`` when the model cannot be exported or its vectors differ.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(mkdtemp(prefix=".export-", dir=folder.parent))
    try:
        _write(encoder, fingerprint, work)
        _prove(encoder, OnnxEncoder(work), [*PROBES, *probes])
        sealed(work)
        replace_folder(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write(encoder: TorchEncoder, fingerprint: str, work: Path) -> None:
    import torch

    model = encoder.model.cpu()
    if not getattr(model.tokenizer, "is_fast", False):
        raise ModelError("its tokenizer has no fast version")

    class Graph(torch.nn.Module):  # type: ignore[misc]
        """Tokens in, unit vectors out: the whole model with pooling and normalisation."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if "token_type_ids" in model.tokenizer.model_input_names:
                features["token_type_ids"] = torch.zeros_like(input_ids)
            vectors = self.model(features)["sentence_embedding"]
            return torch.nn.functional.normalize(vectors, dim=-1)

    sample = model.tokenizer(["a title", "a much longer title"], padding=True, return_tensors="pt")
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        try:
            # dynamo=True would need onnxscript; an output called "embedding" makes a bad graph.
            torch.onnx.export(
                Graph().eval(),
                (sample["input_ids"], sample["attention_mask"]),
                str(work / "model.onnx"),
                input_names=["input_ids", "attention_mask"],
                output_names=["sentence_embedding"],
                dynamic_axes={
                    "input_ids": {0: "text", 1: "token"},
                    "attention_mask": {0: "text", 1: "token"},
                    "sentence_embedding": {0: "text"},
                },
                opset_version=OPSET,
                dynamo=False,
            )
        except Exception as error:  # the exporter raises anything at all on an odd model
            raise ModelError(f"{type(error).__name__} while exporting") from error
    _set_weights_apart(work / "model.onnx")
    model.tokenizer.backend_tokenizer.save(str(work / "tokenizer.json"))
    prompts = model.prompts or {}
    EncoderCard(
        fingerprint=fingerprint,
        dimension=encoder.dimension,
        max_tokens=int(model.max_seq_length or 512),
        query_prompt=prompts.get("query") or "",
        document_prompt=prompts.get("document") or prompts.get("passage") or "",
    ).save(work / "card.json")


def _set_weights_apart(graph: Path) -> None:
    """Move the weights to a file of their own, which onnxruntime maps and does not copy.

    Opening takes .06 s instead of .14 of processor time, and 30 MB less of memory.
    """
    import onnx

    model = onnx.load(graph)
    onnx.save_model(model, graph, save_as_external_data=True, location=WEIGHTS)


def _prove(encoder: TorchEncoder, export_: OnnxEncoder, texts: list[str]) -> None:
    pairs = (
        (encoder.encode_documents(texts), export_.encode_documents(texts)),
        (encoder.encode_questions(texts), export_.encode_questions(texts)),
    )
    for theirs, ours in pairs:
        parity = float(np.sum(theirs * ours, axis=1).min())
        if not parity >= PARITY:
            raise ModelError(f"its export gives other vectors (cosine {parity:.4f})")
