"""What can be asked of items and categories."""
