"""Backups: taken while people work, proved by restoring each, kept by age, and brought back."""
