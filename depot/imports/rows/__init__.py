"""The rows of a sheet read into checked values. Pure: no web, no database."""
