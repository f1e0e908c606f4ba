"""What is asked of decisions."""
