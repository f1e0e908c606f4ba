"""What is asked for because it takes two people: kept, and how one is told."""
