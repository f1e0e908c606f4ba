"""What a depot knows of the others and of the goods between them."""
