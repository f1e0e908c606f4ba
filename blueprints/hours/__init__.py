"""Hours that people gave, as sums, and who was here."""
