"""Acts for which a depot wants two people: one asks, another one agrees."""
