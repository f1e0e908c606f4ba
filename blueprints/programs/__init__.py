"""What other programs get: the feed of entries, and webhooks."""
