"""Measures on judged sets that others made: no title, question or list of them is the lab's."""
