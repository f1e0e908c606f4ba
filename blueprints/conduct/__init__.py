"""How people treat each other here, and whom to turn to when something hurt somebody."""
