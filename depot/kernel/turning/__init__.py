"""The parts of an undo: goods are followed, crates put back."""
