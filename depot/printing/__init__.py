"""Label printers and label sheets that a depot has."""
