"""A made-up history of two made-up depots, told through the real commands."""
