"""The open book: who may do what in a depot, since when, until when, and by which decision."""
