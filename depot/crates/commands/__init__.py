"""What can be done with crates."""
