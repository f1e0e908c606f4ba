"""Mail: letters, the outbox they wait in, and sending them."""
