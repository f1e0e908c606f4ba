"""Words of goods between depots that several slices show."""
