"""Duties, read: as they stand, and who carries how much."""
