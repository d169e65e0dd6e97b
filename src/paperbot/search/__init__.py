"""A question to an answer: understand, retrieve, rank, explain."""
