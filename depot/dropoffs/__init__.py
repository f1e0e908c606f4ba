"""Deliveries that somebody announces: what and when, confirmed at the door line by line."""
