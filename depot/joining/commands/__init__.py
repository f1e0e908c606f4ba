"""Links on the wall, joining by them, and ending it."""
