"""The guides, read where one stands."""
