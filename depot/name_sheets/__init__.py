"""Name sheets: who came to a hand-out, for depots that must keep it, apart from all else."""
