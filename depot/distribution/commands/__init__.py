"""What can be done at a distribution event."""
