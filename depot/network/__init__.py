"""Depots that work together: goods between them, what they show each other, what they offer."""
