"""Embed glossary and summaries once for everybody: the vectors that come with paperbot.

    python -m training.shipped_vectors

Run it after a change to `data/glossary.md`, `data/summaries.md` or the adapter; a test says when it
is due.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from paperbot.indexing.cache import text_key
from paperbot.indexing.encoder import TorchEncoder
from paperbot.indexing.encoders import packaged_adapter
from paperbot.indexing.glossary import glossary_texts, parse_glossary
from paperbot.indexing.model import default_fingerprint, locate
from paperbot.indexing.shipped import packaged, read_shipped, write_shipped
from paperbot.indexing.summaries import parse_summaries

DATA = Path(__file__).parents[1] / "data"


def main() -> None:
    """Write the file into the package."""
    concepts, faults = parse_glossary((DATA / "glossary.md").read_text())
    summaries, more = parse_summaries((DATA / "summaries.md").read_text())
    assert not faults + more, faults + more
    adapter = packaged_adapter()
    # The default has no prompts: a text is the same as a question and as a document.
    texts = [text for kind in glossary_texts(concepts) for text in kind]
    texts = list(dict.fromkeys([*texts, *(summary.text for summary in summaries)]))
    keys, model = [text_key(text) for text in texts], default_fingerprint(adapter)
    known = read_shipped(packaged(), model, set(keys))
    new = [text for text, key in zip(texts, keys, strict=True) if key not in known]
    if new:
        vectors = TorchEncoder(locate(None), adapter).encode_documents(new)
        known |= zip(map(text_key, new), vectors, strict=True)
    write_shipped(packaged(), model, keys, np.stack([known[key] for key in keys]))
    size = packaged().stat().st_size / 1e6
    print(f"{packaged().name}: {len(texts):,} texts, {len(new):,} of them new, {size:.1f} MB")


if __name__ == "__main__":
    main()
