"""Where guides are to be had, and which one “How?” opens on each page."""
