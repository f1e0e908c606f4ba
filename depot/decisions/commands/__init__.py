"""What changes decisions."""
