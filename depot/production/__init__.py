"""Production: goods made from goods."""
