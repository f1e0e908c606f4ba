"""Safety: what keeps food safe, and the record of it."""
