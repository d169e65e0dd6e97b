"""Embed the glossary once for everybody: the vectors that come with paperbot.

    python -m training.glossary_vectors

Run it after a change to `data/glossary.md` or to the adapter; a test says when it is due.
"""

from __future__ import annotations

from pathlib import Path

from paperbot.indexing.cache import text_key
from paperbot.indexing.encoder import TorchEncoder
from paperbot.indexing.encoders import packaged_adapter
from paperbot.indexing.glossary import glossary_texts, parse_glossary
from paperbot.indexing.model import default_fingerprint, locate
from paperbot.indexing.shipped import packaged, write_shipped

GLOSSARY = Path(__file__).parents[1] / "data" / "glossary.md"


def main() -> None:
    """Write the file into the package."""
    concepts, faults = parse_glossary(GLOSSARY.read_text())
    assert not faults, faults
    adapter = packaged_adapter()
    # The default has no prompts: a text is the same as a question and as a document.
    texts = list(dict.fromkeys(text for kind in glossary_texts(concepts) for text in kind))
    vectors = TorchEncoder(locate(None), adapter).encode_documents(texts)
    keys = [text_key(text) for text in texts]
    write_shipped(packaged(), default_fingerprint(adapter), keys, vectors)
    print(f"{packaged().name}: {len(texts):,} texts, {packaged().stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
