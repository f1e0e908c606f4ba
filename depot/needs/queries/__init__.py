"""What can be asked about needs."""
