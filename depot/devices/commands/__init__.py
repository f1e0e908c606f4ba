"""Devices made, set up and ended; names tapped on them."""
