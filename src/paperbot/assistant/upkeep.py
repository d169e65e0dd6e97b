"""The index's upkeep: which generation answers, whether it is still good, building, mending.

One immutable snapshot (an ``Engine``) is the current one, and one reference is swapped; questions
in flight keep theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from paperbot.errors import BadIndex
from paperbot.indexing import encoders, generation
from paperbot.indexing.bands import calibrated_bands
from paperbot.indexing.encoder import Encoder, Progress
from paperbot.indexing.encoders import Say
from paperbot.indexing.sources import Sources
from paperbot.search.engine import Engine

if TYPE_CHECKING:
    from paperbot.indexing.build import Built


@dataclass(slots=True)
class Upkeep:
    """Keeps the index of some lists. ``given`` takes the place of the encoder of ``choice``."""

    sources: Sources
    index_dir: Path
    choice: encoders.EncoderChoice
    say: Say
    given: Encoder | None = None
    _engine: Engine | None = field(default=None, init=False)
    _encoder: tuple[str, Encoder] | None = field(default=None, init=False)

    def snapshot(self) -> Engine:
        """Give what answers now; raises ``BadIndex`` where there is no index."""
        if self._engine is None:
            self.reload()
        assert self._engine is not None
        return self._engine

    def stale(self) -> bool:
        """Tell whether the lists on disk differ from what is loaded."""
        return self._engine is None or self.sources.changed_since(self._engine.manifest)

    def reload(self) -> bool:
        """Swap in the generation that is current on disk, if it is another than the loaded."""
        found = generation.current(self.index_dir)
        if found is None:
            raise BadIndex(f"There is no index in {self.index_dir}. Build it: paperbot build")
        folder, manifest = found
        if self._engine is not None and self._engine.folder == folder:
            return False
        self._load(folder, manifest)
        return True

    def refresh(self, progress: Progress | None = None, *, force: bool = False) -> Built | None:
        """Build the index where it is missing, damaged, another model's or older than the lists.

        Gives what was built, or ``None`` when the index was good as it is.
        """
        reason = "as asked" if force else self._reason()
        if reason is None:
            try:
                self.reload()
                return None
            except BadIndex as error:
                reason, force = str(error), True
        fingerprint = self.choice.fingerprint()
        ready = self._encoder_ahead(fingerprint)
        from paperbot.indexing.build import build  # reads lists: not needed to answer
        from paperbot.indexing.embedding import Embedder

        with generation.build_lock(self.index_dir):
            if not force and (reason := self._reason()) is None:  # another process was faster
                self.reload()
                return None
            self.say(f"Building the index: {reason}.")
            embedder = Embedder(self.choice, fingerprint, self.say, progress, self.given, ready)
            this_year = datetime.now(UTC).year
            built = build(self.sources, self.index_dir, embedder, this_year=this_year, afresh=force)
        if embedder.opened is not None:
            self._encoder = fingerprint, embedder.opened
        self._load(built.folder, built.manifest)
        return built

    def mend_encoder(self) -> bool:
        """Export the encoder of a good index again where its export is missing or damaged.

        Gives whether there is an export now that was not there before.
        """
        engine = self.snapshot()
        fingerprint = engine.manifest.fingerprint
        if self.given is not None or self.choice.export_folder(fingerprint):
            return False
        titles = [paper.title for paper in engine.catalogue.all_papers()]
        with generation.build_lock(self.index_dir):
            encoders.prepare_encoder(self.choice, fingerprint, titles, self.say)
        return self.choice.export_folder(fingerprint) is not None

    def _encoder_ahead(self, fingerprint: str) -> Callable[[], Encoder | None]:
        """Give the encoder of a build, or begin to open it while the lists are read."""
        if self.given is not None or (self._encoder and self._encoder[0] == fingerprint):
            return lambda: self.given or (self._encoder and self._encoder[1])
        return encoders.open_ahead(self.choice, fingerprint)

    def _reason(self) -> str | None:
        """Say why the index must be built, or ``None`` when it need not be."""
        try:
            found = generation.current(self.index_dir)
            if found is None:
                return "there is none yet"
            _, manifest = found
        except BadIndex as error:
            return f"{error}"
        if manifest.spec != self.choice.spec:
            return f"it was built for {manifest.model}"
        if manifest.fingerprint != self._fingerprint(manifest):
            return "the model has changed"
        if manifest.bands != calibrated_bands(manifest.fingerprint):
            return "the bands were calibrated anew"
        return "the lists have changed" if self.sources.changed_since(manifest) else None

    def _fingerprint(self, manifest: generation.Manifest) -> str:
        """Give the fingerprint that an index should have now.

        A model named by the user is not hashed again for each question: its name is believed.
        """
        return manifest.fingerprint if self.choice.spec else self.choice.fingerprint()

    def _load(self, folder: Path, manifest: generation.Manifest) -> None:
        def opened() -> Encoder:
            if self.given is not None:
                return self.given
            if self._encoder is None or self._encoder[0] != manifest.fingerprint:
                encoder = encoders.open_encoder(self.choice, manifest.fingerprint, self.say)
                self._encoder = manifest.fingerprint, encoder
            return self._encoder[1]

        self._engine = Engine(folder, manifest, opened)
