"""Deliveries that are announced: the list, the door, the donors' link."""
