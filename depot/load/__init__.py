"""Made-up depots with a long history, for measuring: `depot load`, and the benchmarks."""
