"""Goods that are held back."""
