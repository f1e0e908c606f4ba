"""What a report says, from tallies to lines. Pure."""
