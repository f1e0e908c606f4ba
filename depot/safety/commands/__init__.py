"""What is done for safety."""
