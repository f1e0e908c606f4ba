"""People: who works here, and the depots they work for."""
