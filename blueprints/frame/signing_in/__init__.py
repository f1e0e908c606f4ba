"""Letting people in: the session that begins, and the device that is known again."""
