"""The open book: who may do what, for everybody who works here."""
