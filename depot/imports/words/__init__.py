"""What people call things in lists of stock, language by language."""
