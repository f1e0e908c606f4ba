"""The whole depot in one file that needs no Depot to be read, nor to be checked."""
