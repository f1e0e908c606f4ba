"""What can be asked of the stock."""
