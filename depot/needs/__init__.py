"""What a depot is short of and what it has too much of: the arithmetic and the papers of it."""
