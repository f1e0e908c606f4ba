"""Notes for the next shift, for everybody who is here."""
