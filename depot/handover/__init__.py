"""What one shift writes down for the next: handovers and notices, and who has seen them."""
