"""Where a request comes in and its answer goes out: lengths, packing, the token of forms."""
