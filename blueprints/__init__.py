"""The web application, a folder for each topic; `mounts.py` says who may enter where."""
