"""Names in memory: found as a table of them would find them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from paperbot.indexing.names import Names
from paperbot.search.words import STOP

WORDS = st.sampled_from(["kv", "cache", "ünïcode", "缓存", "a", "deja", "vu", "of", "x"])
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
CALLED = st.lists(st.tuples(NAMES, st.integers(0, 3), st.integers(0, 1)), max_size=12, unique=True)


@given(CALLED, st.lists(NAMES, max_size=6))
def test_names_are_found_with_all_their_papers(called, asked):
    found = Names.of(called).find(asked)
    expected = {
        name: sorted(row for other, row, _ in called if other == name)
        for name in asked
        if any(other == name for other, _, _ in called)
    }
    assert found == expected


@given(CALLED, NAMES)
def test_a_name_is_meant_or_begins_one_paper_s_names(called, asked):
    meant = Names.of(called).meant_by(asked)
    whole = sorted(row for name, row, _ in called if name == asked)
    begun = {row for name, row, own in called if not own and name.startswith(f"{asked} ")}
    if whole:
        assert meant == whole[0]
    elif " " in asked and len(begun) == 1:
        assert meant == begun.pop()
    else:
        assert meant is None


@given(CALLED, st.lists(WORDS, min_size=1, max_size=7))
def test_a_run_that_is_a_whole_name_of_one_paper_is_found(called, words):
    runs = {" ".join(words[a:b]) for a in range(len(words)) for b in range(a + 1, len(words) + 1)}
    alone = {n for n, _, _ in called if n in runs and sum(name == n for name, _, _ in called) == 1}
    found = Names.of(called).named_in(words, STOP)
    if alone:
        assert found is not None
        assert len(found[1].split()) >= max(len(name.split()) for name in alone)


@given(CALLED, NAMES)
def test_later_words_are_found_within_a_name_alone(called, start):
    found = set(Names.of(called).holding(start))
    assert found == {row for name, row, _ in called if f" {start}" in name}


def test_no_names_are_no_names():
    names = Names.of([])
    assert names.find(["kv cache"]) == {}
    assert names.meant_by("kv cache") is None
    assert list(names.beginning("k")) == list(names.holding("k")) == []
    assert names.row.dtype == np.int32
