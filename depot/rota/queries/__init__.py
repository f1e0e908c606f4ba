"""The week, what is mine, what lacks people."""
