"""What search finds by name, kept in step with the rows it is about, on both databases."""
