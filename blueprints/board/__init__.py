"""A board for a screen on the wall: it is looked at from afar, and renews itself."""
