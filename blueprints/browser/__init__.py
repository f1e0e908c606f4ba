"""What runs in the browser: the scan page, its decoder, and how they are served."""
