"""Devices of a depot's own: a tablet at the door, on which people tap who is doing this."""
