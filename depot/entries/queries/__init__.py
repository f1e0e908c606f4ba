"""What can be asked of entries and discrepancies."""
