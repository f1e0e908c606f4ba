"""What can be asked of distribution events."""
