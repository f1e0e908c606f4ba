"""What other programs get of a depot: the feed of entries, and webhooks."""
