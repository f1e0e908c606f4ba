"""What was where at a past moment."""
