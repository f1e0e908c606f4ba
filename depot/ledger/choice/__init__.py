"""Which goods go out: the rule of what may, and the choice among lots."""
