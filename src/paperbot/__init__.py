"""paperbot answers "what should I read on X" from a research lab's own reading lists."""
