"""Parcels by household: pages and forms, what a grid needs, and the same for programs."""
