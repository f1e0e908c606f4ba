"""Calendars that phones subscribe to: one's own, and the depot's."""
