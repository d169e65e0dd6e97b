"""How far a build is: texts done, rate, and time left."""

import time

import pytest

from paperbot.cli import doors


@pytest.fixture
def told(monkeypatch, capsys):
    """What is shown when so many texts are done at some seconds; on a terminal or not."""

    def run(*done, total=1_000, terminal=True):
        monkeypatch.setattr("sys.stderr.isatty", lambda: terminal, raising=False)
        show = doors.progress()
        for seconds, texts in done:
            monkeypatch.setattr(time, "monotonic", lambda seconds=seconds: seconds)
            show(texts, total)
        return capsys.readouterr().err

    return run


def test_the_rate_counts_from_the_first_texts_on_and_tells_the_time_left(told):
    said = told((100.0, 200), (102.0, 400))  # what came before was reading, and the model
    assert "400 of 1,000 texts · 100 a second · 6 s left" in said


def test_the_last_texts_leave_no_time(told):
    assert told((1.0, 500), (6.0, 1_000)).endswith("1,000 of 1,000 texts · 100 a second\033[K\n")


def test_few_texts_and_short_waits_are_not_told(told):
    assert told((1.0, 10), (9.0, 63), total=63) == ""
    assert "300" not in told((1.0, 200), (1.2, 300))


def test_elsewhere_than_on_a_terminal_the_end_alone_is_told(told):
    said = told((1.0, 500), (3.0, 700), (6.0, 1_000), terminal=False)
    assert said == "  1,000 of 1,000 texts · 100 a second\n"
