"""What can be asked of locations."""
