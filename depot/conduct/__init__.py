"""How people treat each other here, and whom to turn to. No report of a conflict is ever kept."""
