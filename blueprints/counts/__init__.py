"""Counting a shelf: sheets that are written on line by line, looked at, and posted."""
