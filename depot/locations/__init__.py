"""Locations: where goods and crates stand."""
