"""Lighthouse on fifteen pages of the demo depot; why apart: docs/adr/0078."""
