"""What can be asked of crates."""
