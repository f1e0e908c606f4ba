"""Goods between depots, through HTTP."""
