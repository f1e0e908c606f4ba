"""Funders' forms: their rows, and a report filled into them. Pure."""
