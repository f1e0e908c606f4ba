"""One search from every page."""
