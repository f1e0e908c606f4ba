"""What every page must be for every eye and hand: axe, sizes and names, in each way of looking."""
