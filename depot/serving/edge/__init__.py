"""Between the network and the application: no thread waits for a connection."""
