"""What can be asked about safety."""
