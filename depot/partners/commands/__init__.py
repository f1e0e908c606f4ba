"""What can be done with partners, and the letters they get."""
