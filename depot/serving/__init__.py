"""Serving: the web server, the set-up server, the rounds in the background."""
