"""What is done with name sheets."""
