"""Reading lists: files of people to entries, entries to papers, and what could not be read."""
