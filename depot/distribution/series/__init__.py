"""Hand-outs that come round: by which rule, what is kept of them, made ahead."""
