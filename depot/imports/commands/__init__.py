"""Importing items, locations, crates and stock, all or nothing."""
