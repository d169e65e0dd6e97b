"""The plain-language adapter: a low-rank change to the default's weights, a file of few MB.

For each linear layer ``NAME`` the file holds ``NAME.A`` (rank, in) and ``NAME.B`` (out, rank);
the layer's weight becomes ``W + B @ A`` (LoRA; Hu et al., 2021). `training/train.py` makes it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from paperbot.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def merge(model: SentenceTransformer, adapter: Path) -> None:
    """Add the adapter to the weights of ``model``, in place.

    Raises ``ModelError`` when the file is damaged or made for another model.
    """
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        change = load_file(adapter)
        encoder = cast(Any, model[0]).auto_model
        with torch.no_grad():
            for name in sorted({key.rpartition(".")[0] for key in change}):
                layer = encoder.get_submodule(name)
                layer.weight += change[f"{name}.B"].float() @ change[f"{name}.A"].float()
    except (OSError, SafetensorError, AttributeError, KeyError, RuntimeError) as error:
        raise ModelError(
            f"The plain-language adapter {adapter.name} cannot be merged "
            f"({type(error).__name__}). Install paperbot again."
        ) from error
