"""Adding an entry to a list in that list's own shape, every other byte left as it was.

``source`` holds a list's bytes and puts lines between them, ``extents`` tells where each entry
begins and ends, ``pattern`` learns how an entry is written, ``text`` and ``tables`` write one like
its neighbours, ``records`` does so for BibTeX, CSV, YAML and JSON, and ``add`` tries what they
propose until the list, read again, holds the new entry and nothing else has changed.
"""
