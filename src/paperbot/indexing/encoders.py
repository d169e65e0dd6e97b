"""The right encoder for the work at hand: the export where it is whole, else the model itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperbot.errors import ModelError
from paperbot.indexing import model
from paperbot.indexing.encoder import Encoder

if TYPE_CHECKING:
    from paperbot.indexing.encoder import TorchEncoder
    from paperbot.indexing.model import ModelSource

Say = Callable[[str], None]

# With at least this many new texts a GPU is worth the seconds that loading torch takes.
WORTH_A_GPU = 2_000
GPU = Path("/dev/nvidia0")

# An export is proven on so many of the lists' own titles.
PROVEN_ON = 64


@dataclass(frozen=True, slots=True)
class EncoderChoice:
    """Which encoder an index is built with. ``spec`` is what was asked for, ``None`` the default.

    ``adapter`` is the plain-language change to the default's weights, or ``None``.
    """

    spec: str | None
    adapter: Path | None
    exports: tuple[Path, ...]

    def fingerprint(self) -> str:
        """Give the fingerprint of the model chosen, reading its files if it is not the default."""
        if self.spec is None:
            return model.default_fingerprint(self.adapter)
        return model.fingerprint(model.locate(self.spec), None)

    def export_folder(self, fingerprint: str) -> Path | None:
        """Find a whole export with this fingerprint; the first folder of ``exports`` wins."""
        from paperbot.indexing.export import exported

        folders = (base / fingerprint for base in self.exports)
        return next((folder for folder in folders if exported(folder)), None)


def open_encoder(choice: EncoderChoice, fingerprint: str, say: Say) -> Encoder:
    """Open the encoder that questions are asked with; never exports.

    Where the export is missing or damaged the model itself is loaded, and ``say`` is told.
    """
    from paperbot.indexing.encoder import OnnxEncoder

    if folder := choice.export_folder(fingerprint):
        try:
            return OnnxEncoder(folder)
        except Exception as error:  # onnxruntime raises classes of its own, all of Exception
            say(f"The exported encoder cannot be opened ({type(error).__name__}).")
    say(
        "No exported encoder: loading sentence-transformers instead, which takes a while. "
        "`paperbot build` exports it."
    )
    return _itself(choice, model.locate(choice.spec))


def _itself(choice: EncoderChoice, source: ModelSource) -> TorchEncoder:
    """Load the model by sentence-transformers; the default's files must be those published."""
    from paperbot.indexing.encoder import TorchEncoder

    if source.is_default:
        model.check_default(source)
    return TorchEncoder(source, choice.adapter if source.is_default else None)


def open_ahead(choice: EncoderChoice, fingerprint: str) -> Callable[[], Encoder | None]:
    """Begin to open the exported encoder in another thread; what is given waits for it.

    It gives ``None`` where there is no export, or none that can be opened.
    """
    from concurrent.futures import ThreadPoolExecutor

    def opened() -> Encoder | None:
        from paperbot.indexing.encoder import OnnxEncoder

        folder = choice.export_folder(fingerprint)
        try:
            return OnnxEncoder(folder) if folder else None
        except Exception:  # onnxruntime raises classes of its own, all of Exception
            return None

    with_thread = ThreadPoolExecutor(1)
    result = with_thread.submit(opened).result
    with_thread.shutdown(wait=False)
    return result


def prepare_encoder(
    choice: EncoderChoice, fingerprint: str, probes: list[str], say: Say
) -> Encoder:
    """Open the encoder that documents are embedded with; exports it first where need be."""
    from paperbot.indexing.encoder import OnnxEncoder
    from paperbot.indexing.export import export

    if folder := choice.export_folder(fingerprint):
        return OnnxEncoder(folder)
    source = model.locate(choice.spec)
    say(f"Preparing the encoder ({source.name}), once.")
    loaded = _itself(choice, source)
    try:
        export(loaded, fingerprint, choice.exports[0] / fingerprint, probes[:PROVEN_ON])
    except ModelError as error:
        say(f"This model stays with sentence-transformers: {error}.")
        return loaded
    return OnnxEncoder(choice.exports[0] / fingerprint)


def gpu_encoder(choice: EncoderChoice, texts: int) -> Encoder | None:
    """Give sentence-transformers on a GPU where there is one and ``texts`` make it worth while."""
    if texts < WORTH_A_GPU or not GPU.exists():
        return None
    try:
        import torch
    except ModuleNotFoundError:
        return None
    if not torch.cuda.is_available():
        return None
    return _itself(choice, model.locate(choice.spec))


def packaged_adapter() -> Path | None:
    """Give the plain-language adapter that comes with paperbot, if it does."""
    path = Path(__file__).with_name("plain_language.safetensors")
    return path if path.is_file() else None
