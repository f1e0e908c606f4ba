"""The guides of docs/user, read inside the program: which there are, and as a page."""
