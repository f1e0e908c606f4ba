"""What can be done with printers and label sheets."""
