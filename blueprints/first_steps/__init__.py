"""Putting the first steps on Today away."""
