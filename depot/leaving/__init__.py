"""Leaving: people take what is stored about them along, and their name; what they did stays."""
