"""Leaving a depot, taking along what is stored about oneself, and erasing on request."""
