"""Questions and follow-ups as people type them are read as their labels say."""

from benchmarks.phrasings import measure

# What is read right today, of 525 questions, 103 follow-ups, and 160 each that may ask for papers
# like one or be a newcomer's; it may not fall.
QUESTIONS, FOLLOW_UPS, LIKENESS, NEWCOMERS = 515, 103, 145, 123


def test_questions_are_read_as_labelled(real):
    rows = [*measure.rows("phrasings.tsv"), *measure.rows("fresh.tsv")]
    wrong = [row["id"] for row in rows if measure.question_faults(row, real.understand)]
    assert len(rows) - len(wrong) >= QUESTIONS, wrong


def test_follow_ups_are_read_as_labelled(real):
    rows = [*measure.rows("followups.tsv"), *measure.rows("fresh_followups.tsv")]
    wrong = [row["id"] for row in rows if measure.follow_up_faults(row, real.understand)]
    assert len(rows) - len(wrong) >= FOLLOW_UPS, wrong


def test_a_wish_for_papers_like_one_is_read_as_labelled(real):
    identify = real._snapshot().catalogue.row_of
    rows = measure.rows("likeness.tsv")
    wrong = [r["id"] for r in rows if measure.likeness_faults(r, real.understand, identify)]
    assert len(rows) - len(wrong) >= LIKENESS, wrong


def test_newcomers_questions_are_read_as_labelled(real):
    rows = measure.rows("newcomers.tsv")
    wrong = [row["id"] for row in rows if measure.newcomer_faults(row, real.understand)]
    assert len(rows) - len(wrong) >= NEWCOMERS, wrong
