"""Each job by the keyboard alone: no click, no tap."""
