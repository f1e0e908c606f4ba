"""Sign-in sheets of hand-outs, for depots that must keep them."""
