"""A report written down: text, CSV, JSON, workbook, paper. Pure."""
