"""What can be asked of holds."""
