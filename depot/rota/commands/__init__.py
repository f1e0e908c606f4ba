"""What is made, changed and called off, and who takes part."""
