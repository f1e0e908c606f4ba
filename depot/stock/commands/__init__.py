"""Moving stock and taking it out."""
