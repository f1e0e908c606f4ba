"""Meetings: an agenda that anyone adds to, what was said, who does what by when."""
