"""Spreadsheets as people have them, read into checked values. Pure: no web, no database."""
