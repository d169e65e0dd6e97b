"""Questions asked again are not embedded again."""

from tests.conftest import WordEncoder


class Counting(WordEncoder):
    """Remembers what it encoded."""

    def __init__(self):
        self.asked = []

    def encode_questions(self, texts):
        self.asked += texts
        return super().encode_questions(texts)


def test_a_recent_question_comes_from_memory(tiny, monkeypatch):
    corpus = tiny.open()._snapshot().corpus
    corpus._encoder = counting = Counting()
    first = corpus.embed(["pruning", "caches"])
    again = corpus.embed(["caches", "pruning"])
    assert counting.asked == ["pruning", "caches"]
    assert (again[::-1] == first).all()
    monkeypatch.setattr("paperbot.search.corpus.RECENT_QUESTIONS", 2)
    corpus.embed(["heads"])
    corpus.embed(["caches", "pruning"])
    assert counting.asked == ["pruning", "caches", "heads", "caches"]
