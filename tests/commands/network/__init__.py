"""Goods between depots."""
