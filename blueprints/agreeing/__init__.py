"""Two people for what hurts."""
