"""What a depot is short of and has too much of: sums, papers, the page outsiders see."""
