"""Stock: what is here, moved and taken out."""
