"""Labels on sheets of paper: layout, lettering, PDF and PNG."""
