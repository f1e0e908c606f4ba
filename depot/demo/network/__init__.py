"""What the demo's two depots do for each other."""
