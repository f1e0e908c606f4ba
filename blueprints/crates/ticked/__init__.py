"""What is done with the crates that are ticked in the list, all in one act."""
