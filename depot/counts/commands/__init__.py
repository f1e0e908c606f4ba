"""What can be done about counts."""
