"""Pictures of stock, for the depot, an item, a category, a donor and a place."""
