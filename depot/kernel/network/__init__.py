"""What entries have to do with other depots."""
