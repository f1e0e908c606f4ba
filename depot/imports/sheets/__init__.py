"""Spreadsheets as people have them, opened with care. Pure: no web, no database."""
