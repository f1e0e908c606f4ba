"""Words and figures that several slices show."""
