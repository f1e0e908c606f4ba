"""What can be done about holds."""
