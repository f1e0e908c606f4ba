"""`depot verify`: recompute everything and name every difference."""
