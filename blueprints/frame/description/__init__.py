"""What the API says of itself: the bounds of each field, and what each address answers."""
