"""Words and figures for people: who reads them, in which language, and how figures are written."""
