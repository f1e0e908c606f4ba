"""What is promised to distribution events, and whether it can be kept."""
