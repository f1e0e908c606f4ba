"""Playbooks to begin with and to hand on, and the handbook that everybody reads."""
