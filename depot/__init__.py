"""Depot: what came in, where it is, what was handed out."""

__version__ = "0.1.0"
