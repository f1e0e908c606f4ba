"""What several slices say of people and what they do."""
