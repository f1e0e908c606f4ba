"""Meetings: the agenda that anyone adds to, and the minutes."""
