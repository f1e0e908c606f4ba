"""Papers about safety."""
