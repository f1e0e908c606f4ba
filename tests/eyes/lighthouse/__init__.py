"""Lighthouse on fifteen pages of the demo depot: docs/adr/0078-lighthouse-has-its-own-packages.md."""
