"""What pages of hand-outs and of the rota say and ask of what comes round."""
