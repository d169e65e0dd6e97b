"""Adding an entry to a list in that list's own shape, every other byte left as it was.

``asked`` reads what a person hands in (a title, a link, BibTeX) as a ``NewEntry`` of ``new``;
``task`` finds the list and section meant and refuses what stands there already. ``add`` tries
what the writers of a format propose until the list, read again, holds the new entry and nothing
else has changed: ``text`` with ``layout``, ``extents``, ``learning``, ``pattern``, ``filling`` and
``tables`` for lists that are texts, ``records`` and ``nested`` for BibTeX, CSV, YAML and JSON,
``own`` for paperbot's own Markdown. ``source`` holds a list's bytes and puts lines between them.
"""
