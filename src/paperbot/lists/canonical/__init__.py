"""paperbot's own shape of a list: Markdown that is written and read again without loss.

The front matter begins with ``paperbot: 1``. Then headings, introductions as quotations, and one
bullet an entry with a bullet a field::

    ## KV Cache

    > Begin with the first.

    - **InfiniGen: Efficient Generative Inference** :+1:
      - year: 2024
      - venue: USENIX
      - [paper](https://arxiv.org/abs/2406.19707)
      - note: It prefetches what it will need.

Nothing here is guessed: a field is what its name says. A heading without words ends all sections.
What people add to such a file in shapes of their own is read as in any other list.
"""
