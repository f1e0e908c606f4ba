"""The first week of a depot and somebody's first ten minutes: what is done, and putting it away."""
