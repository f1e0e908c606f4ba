"""What everything stands on: clock, words, units, errors. Imports nothing of ours."""
