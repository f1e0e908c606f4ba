"""What both ends of goods between depots say."""
