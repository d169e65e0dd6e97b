"""How fast paperbot is, beside what else one could put a reading list into."""
