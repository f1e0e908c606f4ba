"""Two people for what hurts: what waits for a second one, the answers, and the depot's rules."""
