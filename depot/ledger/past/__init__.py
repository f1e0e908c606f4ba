"""The book of before: what was where at a past moment, and its entries read back."""
