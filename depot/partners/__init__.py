"""Partners: who gives, sells or receives."""
