"""What other programs get of a depot: the feed of entries, webhooks, and the client."""
