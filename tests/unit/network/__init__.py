"""Where the goods of a transfer are."""
