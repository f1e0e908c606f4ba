"""Commands between depots."""
