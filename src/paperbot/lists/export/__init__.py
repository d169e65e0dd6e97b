"""Papers as other programs and people read them: Markdown, BibTeX, CSV, JSON.

Each writer takes ``Item`` values in the order in which they are to stand.
"""
