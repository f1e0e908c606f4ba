"""Distribution events: planned, opened, handed out, closed."""
