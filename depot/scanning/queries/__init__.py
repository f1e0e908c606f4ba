"""What can be asked of scanned codes."""
