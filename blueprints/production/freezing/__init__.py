"""Freezing, thawing, and how long goods keep then: pages, and the same for programs."""
