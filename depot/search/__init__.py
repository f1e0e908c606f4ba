"""One search over everything that has a name or a code in a depot."""
