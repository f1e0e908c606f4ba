"""How long lists are shown: by pictures, in which order, with which columns."""
