"""Photos that people send: opened with care, and made small."""
