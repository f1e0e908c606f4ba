"""Photos: why one that was sent is not taken, and where those of items are."""
