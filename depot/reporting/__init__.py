"""What a report says and how it is written down: pure, from tallies to text, CSV and JSON."""
