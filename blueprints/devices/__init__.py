"""Devices of the depot's own, for coordinators, and what people tap on them."""
