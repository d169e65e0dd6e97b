"""How often a question asks the catalogue's file."""


def test_a_question_that_names_no_paper_is_one_statement(real):
    engine = real._snapshot()
    asked = "which ideas shrink what a huge chatbot keeps of its context"
    real.ask(asked)  # its page is in memory now
    engine.catalogue._words.clear()
    statements = []
    engine.catalogue._db.set_trace_callback(statements.append)
    try:
        real.ask(asked)
    finally:
        engine.catalogue._db.set_trace_callback(None)
    # What FTS5 asks its own tables is traced too, as comments.
    ours = [statement for statement in statements if not statement.startswith("--")]
    assert len(ours) == 1
    assert "FROM words" in ours[0]
