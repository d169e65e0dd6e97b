"""Texts to unit vectors: on onnxruntime without torch, or by sentence-transformers itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from paperbot.errors import ModelError
from paperbot.indexing.cores import usable_cores
from paperbot.indexing.model import ModelSource

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Encoding

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with how many texts are done, of how many."""

# Texts a batch: what sentence-transformers takes by default.
BATCH = 32

# So many texts are cut into tokens and sorted by their number at once. Within batches of equal
# length 1 token in 100 is padding; sorted by characters it is 1 in 4, and costs as much as a word.
WINDOW = 4096


class Encoder(Protocol):
    """Turns texts into rows of unit length, float32, shape ``(len(texts), dimension)``."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode what people ask, with the model's query prompt where it has one."""

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode what the lists hold, with the model's document prompt where it has one."""

    def knows(self, word: str) -> bool:
        """Tell whether a word is a whole entry of the model's vocabulary."""


@dataclass(frozen=True, slots=True)
class EncoderCard:
    """What an exported encoder must know beside its graph and its tokenizer."""

    fingerprint: str
    dimension: int
    max_tokens: int
    query_prompt: str
    document_prompt: str

    def save(self, path: Path) -> None:
        """Write the card as JSON."""
        path.write_text(json.dumps({name: getattr(self, name) for name in self.__slots__}))

    @classmethod
    def load(cls, path: Path) -> EncoderCard:
        """Read a card; raises ``OSError``, ``ValueError`` or ``TypeError`` if it is not one."""
        return cls(**json.loads(path.read_text()))


class OnnxEncoder:
    """An encoder exported to ONNX (pooling and normalisation inside), run by onnxruntime."""

    def __init__(self, folder: Path, threads: int | None = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        self.card = EncoderCard.load(folder / "card.json")
        # The file's own truncation and padding are 128 tokens: each question would be padded.
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self.card.max_tokens)
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.intra_op_num_threads = threads or usable_cores()
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self.card.dimension

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode what people ask; see ``Encoder``."""
        return self._encode([self.card.query_prompt + text for text in texts], None)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode what the lists hold, in batches of about equal length; see ``Encoder``."""
        return self._encode([self.card.document_prompt + text for text in texts], progress)

    def knows(self, word: str) -> bool:
        """Tell whether a word is a whole entry of the model's vocabulary."""
        return self._tokenizer.token_to_id(word) is not None

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for window in range(0, len(texts), WINDOW):
            tokens = self._tokenizer.encode_batch_fast(texts[window : window + WINDOW])
            by_length = sorted(range(len(tokens)), key=lambda i: len(tokens[i]))
            for start in range(0, len(tokens), BATCH):
                rows = by_length[start : start + BATCH]
                vectors[[window + row for row in rows]] = self._run([tokens[row] for row in rows])
                if progress:
                    progress(window + start + len(rows), len(texts))
        return vectors

    def _run(self, tokens: list[Encoding]) -> Vectors:
        """Encode one batch, its longest text last."""
        for shorter in tokens:
            shorter.pad(len(tokens[-1]))
        (vectors,) = self._session.run(
            None,
            {
                "input_ids": np.array([t.ids for t in tokens], np.int64),
                "attention_mask": np.array([t.attention_mask for t in tokens], np.int64),
            },
        )
        return cast(Vectors, vectors)


class TorchEncoder:
    """A sentence-transformers model as it is: for export, odd models and documents on a GPU."""

    def __init__(self, source: ModelSource, adapter: Path | None = None) -> None:
        self.model = _load(source)
        if adapter is not None:
            from paperbot.indexing.adapter import merge

            merge(self.model, adapter)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self.model.get_embedding_dimension() or 0)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Encode what people ask; see ``Encoder``."""
        return self._encode(self.model.encode_query, texts)

    def encode_documents(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Encode what the lists hold; see ``Encoder``."""
        step = max(len(texts), 1) if progress is None else 1024
        parts = [np.empty((0, self.dimension), np.float32)]
        for start in range(0, len(texts), step):
            parts.append(self._encode(self.model.encode_document, texts[start : start + step]))
            if progress:
                progress(min(start + step, len(texts)), len(texts))
        return np.concatenate(parts)

    def knows(self, word: str) -> bool:
        """Tell whether a word is a whole entry of the model's vocabulary."""
        return word in self.model.tokenizer.get_vocab()

    @staticmethod
    def _encode(encode: Callable[..., Vectors], texts: Sequence[str]) -> Vectors:
        vectors = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False
        )
        return np.ascontiguousarray(vectors, np.float32)


def _load(source: ModelSource) -> SentenceTransformer:
    """Load a model with sentence-transformers; raises ``ModelError`` in one readable line."""
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    try:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging
    except ModuleNotFoundError as error:
        raise ModelError(
            f"Exporting the encoder needs {error.name}, which is not installed here. "
            "Install paperbot with its build extra, or use an index built elsewhere."
        ) from None
    logging.disable_progress_bar()
    try:
        return SentenceTransformer(
            str(source.folder),
            model_kwargs={"use_safetensors": True},
            trust_remote_code=False,
            local_files_only=True,
        )
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        reason = " ".join(str(error).split())[:160]
        raise ModelError(
            f"{source.name} is not a model that sentence-transformers can load: {reason}. "
            "Set PAPERBOT_MODEL to another, or unset it for the default."
        ) from None
