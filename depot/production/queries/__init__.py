"""What was made of what: productions, recipes, and where a lot came from and went."""
