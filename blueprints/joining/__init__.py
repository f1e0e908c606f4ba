"""Joining by the code on the wall, and who is here."""
