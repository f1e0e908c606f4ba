"""What commands of several wings are made with: once, drafts, look-ups, picking, undoing."""
