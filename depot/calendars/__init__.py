"""Calendars that phones subscribe to: what is mine, and what is on in the depot."""
