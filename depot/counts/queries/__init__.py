"""What can be asked of counts."""
