"""Tasks: what is to do, who does it, and its steps."""
