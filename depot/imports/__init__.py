"""Reading people's spreadsheets and booking what they say."""
